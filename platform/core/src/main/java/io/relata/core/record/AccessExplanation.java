package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.access.AccessTables.Principal;
import io.relata.core.access.AccessTables.Share;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Level;
import io.relata.core.access.Privilege;
import io.relata.core.access.Role;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Why a user sees a record: every way by which it is reached, who opened it and when.
public final class AccessExplanation {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);
    private static final Field<String[]> ROLES = field(name("roles"), String[].class);
    private static final Field<String> NAME = field(name("name"), String.class);

    private AccessExplanation() {}

    /// One way to the record.
    ///
    /// @param kind      `role`, `manager`, `share` or `rule`
    /// @param name      of the role or the rule
    /// @param through   the team by which the user has it, or the owner whom the user leads; `null` when by nobody else
    /// @param level     how far the role reaches; of the others, `read` or `update`
    /// @param updatable whether the record may be changed this way
    /// @param by        who granted it; `null` for what holds from the beginning
    public record Way(
            String kind,
            @Nullable String name,
            @Nullable UUID through,
            String level,
            boolean updatable,
            @Nullable UUID by,
            @Nullable OffsetDateTime at,
            @Nullable OffsetDateTime until) {}

    /// Returns every way by which the user reads the record; none when the user does not.
    ///
    /// @param user the caller; of others only administrators may ask
    /// @throws ProblemException NOT_FOUND when the caller does not see the record; FORBIDDEN
    public static List<Way> of(WriteTransaction tx, EntityDefinition seen, UUID id, UUID user) {
        EntityDefinition entity = seen.whole();
        CallContext context = tx.context();
        CallerAccess asking = CallerAccess.of(tx.sql(), context);
        RecordColumns columns = RecordColumns.of(entity);
        List<Field<?>> selected = new ArrayList<>(columns.selection());
        selected.add(columns.ownerId());
        Record row = tx.sql()
                .select(selected)
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(id))
                .and(Reach.of(asking, entity, Privilege.READ).each(columns))
                .fetchOne();
        if (row == null) {
            throw ProblemException.notFound();
        }
        if (!user.equals(context.user()) && !context.hasRole(CallContext.ADMINISTRATOR)) {
            throw CallerAccess.forbidden();
        }
        CallerAccess access = CallerAccess.of(tx.sql(), context, user, administrator(tx, user));
        return access.level(entity, Privilege.READ) == Level.NONE
                ? List.of()
                : new Ways(tx, entity, access).all(columns.read(row), row.get(columns.ownerId()));
    }

    private static boolean administrator(WriteTransaction tx, UUID user) {
        return user.equals(tx.context().user())
                ? tx.context().hasRole(CallContext.ADMINISTRATOR)
                : tx.sql()
                        .fetchExists(
                                table(name("control", "membership")),
                                TENANT.eq(tx.tenant())
                                        .and(field(name("user_id"), UUID.class).eq(user))
                                        .and(field(name("role"), String.class).eq(CallContext.ADMINISTRATOR)));
    }

    private record Ways(WriteTransaction tx, EntityDefinition entity, CallerAccess access) {

        List<Way> all(RecordData record, @Nullable UUID owner) {
            List<Way> ways = new ArrayList<>();
            Level needed = needed(owner);
            for (Role role : access.roles()) {
                Level level = role.level(entity.name(), Privilege.READ);
                if (level.compareTo(needed) >= 0) {
                    boolean updatable =
                            role.level(entity.name(), Privilege.UPDATE).compareTo(needed) >= 0;
                    ways.addAll(given(role.name(), level, updatable));
                }
            }
            if (owner != null && access.reports().reached(Privilege.READ).contains(owner)) {
                ways.addAll(leading(owner));
            }
            ways.addAll(shares(record.id()));
            ways.addAll(rules(record));
            return ways;
        }

        /// Returns the lowest level at which a role reaches what the owner has.
        private Level needed(@Nullable UUID owner) {
            if (access.user().equals(owner)) {
                return Level.OWN;
            }
            if (owner == null) {
                return Level.TENANT;
            }
            UUID unit = tx.sql()
                    .select(Principal.UNIT)
                    .from(Principal.TABLE)
                    .where(Principal.TENANT.eq(tx.tenant()))
                    .and(Principal.ID.eq(owner))
                    .fetchOne(Principal.UNIT);
            if (access.teams().contains(owner)
                    || (unit != null && access.units(Level.UNIT).contains(unit))) {
                return Level.UNIT;
            }
            return unit != null && access.below().contains(unit) ? Level.TREE : Level.TENANT;
        }

        private List<Way> given(String role, Level level, boolean updatable) {
            List<Way> ways = new ArrayList<>();
            tx.sql()
                    .select(ID, BY, AT)
                    .from(Principal.TABLE)
                    .where(TENANT.eq(tx.tenant()))
                    .and(ID.eq(DSL.any(principals())))
                    .and(DSL.val(role).eq(DSL.any(ROLES)))
                    .orderBy(ID)
                    .forEach(row -> ways.add(new Way(
                            "role",
                            role,
                            through(row.value1()),
                            level.code(),
                            updatable,
                            row.value2(),
                            row.value3(),
                            null)));
            return ways.isEmpty()
                    ? List.of(new Way("role", role, null, level.code(), updatable, null, null, null))
                    : ways;
        }

        private List<Way> leading(UUID owner) {
            boolean updatable = access.level(entity, Privilege.UPDATE) != Level.NONE
                    && access.reports().reached(Privilege.UPDATE).contains(owner);
            return tx.sql()
                    .select(BY, AT)
                    .from(Principal.TABLE)
                    .where(TENANT.eq(tx.tenant()))
                    .and(ID.eq(owner))
                    .fetch(row -> new Way(
                            "manager",
                            null,
                            owner,
                            updatable ? "update" : "read",
                            updatable,
                            row.value1(),
                            row.value2(),
                            null));
        }

        private List<Way> shares(UUID id) {
            return tx.sql()
                    .select(Share.PRINCIPAL, Share.LEVEL, BY, AT, Share.UNTIL)
                    .from(Share.TABLE)
                    .where(Share.TENANT.eq(tx.tenant()))
                    .and(Share.ENTITY.eq(entity.id()))
                    .and(Share.RECORD.eq(id))
                    .and(Share.PRINCIPAL.eq(DSL.any(principals())))
                    .and(Share.UNTIL.isNull().or(Share.UNTIL.gt(DSL.currentOffsetDateTime())))
                    .orderBy(Share.PRINCIPAL)
                    .fetch(row -> new Way(
                            "share",
                            null,
                            through(row.value1()),
                            row.value2(),
                            row.value2().equals("update"),
                            row.value3(),
                            row.value4(),
                            row.value5()));
        }

        private List<Way> rules(RecordData record) {
            Map<UUID, CallerAccess.Rule> matching = new HashMap<>();
            for (CallerAccess.Rule rule : access.rules()) {
                boolean meets = rule.entity().equals(entity.id())
                        && rule.condition(entity)
                                .filter(condition -> condition.matches(record.values()))
                                .isPresent();
                if (meets) {
                    matching.put(rule.id(), rule);
                }
            }
            Set<UUID> ids = matching.keySet();
            return ids.isEmpty()
                    ? List.of()
                    : tx.sql()
                            .select(ID, NAME, BY, AT, field(name("principal_id"), UUID.class), field(name("level")))
                            .from(table(name("relata", "access_rule")))
                            .where(TENANT.eq(tx.tenant()))
                            .and(ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                            .orderBy(NAME, ID)
                            .fetch(row -> new Way(
                                    "rule",
                                    row.value2(),
                                    through(row.value5()),
                                    String.valueOf(row.value6()),
                                    "update".equals(row.value6()),
                                    row.value3(),
                                    row.value4(),
                                    null));
        }

        private @Nullable UUID through(UUID principal) {
            return principal.equals(access.user()) ? null : principal;
        }

        private UUID[] principals() {
            return access.principals().toArray(UUID[]::new);
        }
    }
}
