package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.AccessTables.Principal;
import io.relata.core.access.AccessTables.Share;
import io.relata.core.access.Input;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Says who owns records, and shows them to users and teams besides.
public final class RecordSharing {

    private static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);

    /// Under this name, with the entity's behind it, the audit trail keeps to whom a record is shown.
    private static final String SHARE = "share.";

    private final AuditTrail trail;
    private final Clock clock;

    public RecordSharing(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /// A record shown to somebody.
    ///
    /// @param level `read` or `update`
    public record Shared(
            UUID principal, String level, @Nullable OffsetDateTime until, UUID by, OffsetDateTime at) {}

    /// Returns who owns the record.
    ///
    /// @throws ProblemException NOT_FOUND
    public @Nullable UUID owner(WriteTransaction tx, EntityDefinition entity, UUID id) {
        allowed(tx, entity, id, Privilege.READ);
        RecordColumns columns = RecordColumns.of(entity);
        return tx.sql()
                .select(columns.ownerId())
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(id))
                .fetchOptional()
                .orElseThrow(ProblemException::notFound)
                .value1();
    }

    /// Returns to whom the record is shown, those to whom it was shown once included.
    ///
    /// @throws ProblemException NOT_FOUND
    public List<Shared> shares(WriteTransaction tx, EntityDefinition entity, UUID id) {
        owner(tx, entity, id);
        return tx.sql()
                .select(Share.PRINCIPAL, Share.LEVEL, Share.UNTIL, BY, AT)
                .from(Share.TABLE)
                .where(of(tx, entity, id))
                .orderBy(Share.PRINCIPAL)
                .fetch(RecordSharing::read);
    }

    /// Shows the record to a user or a team.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN, also when the caller may not do it alone; VALIDATION
    public void share(WriteTransaction tx, EntityDefinition entity, UUID id, UUID principal, Input input) {
        String level = input.sharedLevel("level");
        OffsetDateTime until = input.instant("until");
        if (!exists(tx, principal)) {
            input.reject("principal", "user-missing");
        }
        input.done();
        owner(tx, entity, id);
        allowed(tx, entity, id, Privilege.SHARE);
        if (level.equals("update")) {
            allowed(tx, entity, id, Privilege.UPDATE);
        }
        Shared before = shown(tx, entity, id, principal);
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(field(name("tenant_id"), UUID.class), tx.tenant());
        row.put(field(name("entity_id"), UUID.class), entity.id());
        row.put(field(name("record_id"), UUID.class), id);
        row.put(field(name("principal_id"), UUID.class), principal);
        row.put(field(name("level"), String.class), level);
        row.put(field(name("until"), OffsetDateTime.class), until);
        row.put(BY, tx.context().user());
        row.put(AT, now());
        tx.sql()
                .insertInto(Share.TABLE)
                .set(row)
                .onConflict(
                        field(name("tenant_id")),
                        field(name("entity_id")),
                        field(name("record_id")),
                        field(name("principal_id")))
                .doUpdate()
                .set(row)
                .execute();
        record(tx, entity, id, before, shown(tx, entity, id, principal));
    }

    /// Shows the record to the user or team no longer.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN
    public void unshare(WriteTransaction tx, EntityDefinition entity, UUID id, UUID principal) {
        owner(tx, entity, id);
        allowed(tx, entity, id, Privilege.SHARE);
        Shared before = shown(tx, entity, id, principal);
        int gone = tx.sql()
                .deleteFrom(Share.TABLE)
                .where(of(tx, entity, id))
                .and(Share.PRINCIPAL.eq(principal))
                .execute();
        if (gone == 0) {
            throw ProblemException.notFound();
        }
        record(tx, entity, id, before, null);
    }

    private static @Nullable Shared shown(WriteTransaction tx, EntityDefinition entity, UUID id, UUID principal) {
        return tx.sql()
                .select(Share.PRINCIPAL, Share.LEVEL, Share.UNTIL, BY, AT)
                .from(Share.TABLE)
                .where(of(tx, entity, id))
                .and(Share.PRINCIPAL.eq(principal))
                .fetchOne(RecordSharing::read);
    }

    private static Shared read(Record row) {
        return new Shared(
                row.get(Share.PRINCIPAL), row.get(Share.LEVEL), row.get(Share.UNTIL), row.get(BY), row.get(AT));
    }

    /// Who may do what has changed, not the record.
    private void record(
            WriteTransaction tx, EntityDefinition entity, UUID id, @Nullable Shared before, @Nullable Shared after) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", SHARE + entity.name())
                .<ObjectNode>set("old", json(before))
                .set("new", json(after));
        trail.write(
                tx.sql(),
                tx.context(),
                List.of(new AuditEntry("access", AuditEntry.ACCESS, id, 1, AuditEntry.Action.UPDATE, changes)));
    }

    private static @Nullable ObjectNode json(@Nullable Shared shared) {
        return shared == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("principal", shared.principal().toString())
                        .put("level", shared.level())
                        .put(
                                "until",
                                shared.until() == null ? null : shared.until().toString());
    }

    private static Condition of(WriteTransaction tx, EntityDefinition entity, UUID id) {
        return Share.TENANT.eq(tx.tenant()).and(Share.ENTITY.eq(entity.id())).and(Share.RECORD.eq(id));
    }

    /// Refuses what the caller may not do with the record.
    static void allowed(WriteTransaction tx, EntityDefinition entity, UUID id, Privilege privilege) {
        ProblemException why =
                WriteAccess.of(tx, entity).denied(privilege, List.of(id)).get(id);
        if (why != null) {
            throw why;
        }
    }

    /// Refuses who may not change each of the records.
    ///
    /// @throws ProblemException NOT_FOUND for one that is out of the caller's sight; FORBIDDEN
    public static void requireUpdatable(WriteTransaction tx, EntityDefinition entity, Collection<UUID> ids) {
        WriteAccess.of(tx, entity).denied(Privilege.UPDATE, ids).values().stream()
                .findFirst()
                .ifPresent(why -> {
                    throw why;
                });
    }

    /// Returns whether there is such a user or team.
    static boolean exists(WriteTransaction tx, UUID principal) {
        return tx.sql()
                        .fetchExists(
                                table(name("control", "membership")),
                                field(name("tenant_id"), UUID.class)
                                        .eq(tx.tenant())
                                        .and(field(name("user_id"), UUID.class).eq(principal))
                                        .and(field(name("status"), String.class).eq(DSL.inline("active"))))
                || tx.sql()
                        .fetchExists(
                                Principal.TABLE,
                                Principal.TENANT.eq(tx.tenant()).and(Principal.ID.eq(principal)));
    }

    private OffsetDateTime now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
}
