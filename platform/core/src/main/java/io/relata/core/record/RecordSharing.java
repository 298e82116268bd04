package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.access.AccessTables.Principal;
import io.relata.core.access.AccessTables.Share;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Input;
import io.relata.core.access.Level;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Gives records other owners, and shows them to users and teams besides.
public final class RecordSharing {

    private static final Field<UUID> BY = field(name("changed_by"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("changed_at"), OffsetDateTime.class);

    /// Under this name the audit trail keeps who owns a record; no field can have it.
    private static final String OWNER = "$owner";

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

    /// Gives the record to a user or a team.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN, also when the new owner is out of the caller's reach; VALIDATION
    public void assign(WriteTransaction tx, EntityDefinition entity, UUID id, Input input) {
        UUID owner = input.id("owner");
        if (!exists(tx, owner)) {
            input.reject("owner", "user-missing");
        }
        input.done();
        RecordData record = new RecordStore(entity)
                .lockToChange(tx.sql(), tx.tenant(), List.of(id), RecordColumns.LIVE)
                .get(id);
        if (record == null) {
            throw ProblemException.notFound();
        }
        allowed(tx, entity, id, Privilege.ASSIGN);
        if (!reaches(tx, CallerAccess.of(tx.sql(), tx.context()), entity, owner)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-not-assignable");
        }
        UUID before = owner(tx, entity, id);
        if (owner.equals(before)) {
            return;
        }
        store(tx, RecordColumns.of(entity), record, owner);
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", OWNER)
                .put("old", before == null ? null : before.toString())
                .put("new", owner.toString());
        trail.write(
                tx.sql(),
                tx.context(),
                List.of(new AuditEntry(
                        RecordWriter.TOPIC, entity.id(), id, record.version() + 1, AuditEntry.Action.UPDATE, changes)));
    }

    private void store(WriteTransaction tx, RecordColumns columns, RecordData record, UUID owner) {
        Map<Field<?>, Object> row = new LinkedHashMap<>();
        row.put(field(name("owner_id"), UUID.class), owner);
        row.put(field(name("version"), Long.class), record.version() + 1);
        row.put(field(name("updated_at"), OffsetDateTime.class), now());
        row.put(field(name("updated_by"), UUID.class), tx.context().user());
        tx.sql()
                .update(columns.table())
                .set(row)
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(record.id()))
                .execute();
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
                .fetch(row -> new Shared(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
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
    }

    /// Shows the record to the user or team no longer.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN
    public void unshare(WriteTransaction tx, EntityDefinition entity, UUID id, UUID principal) {
        owner(tx, entity, id);
        allowed(tx, entity, id, Privilege.SHARE);
        int gone = tx.sql()
                .deleteFrom(Share.TABLE)
                .where(of(tx, entity, id))
                .and(Share.PRINCIPAL.eq(principal))
                .execute();
        if (gone == 0) {
            throw ProblemException.notFound();
        }
    }

    private static Condition of(WriteTransaction tx, EntityDefinition entity, UUID id) {
        return Share.TENANT.eq(tx.tenant()).and(Share.ENTITY.eq(entity.id())).and(Share.RECORD.eq(id));
    }

    private static void allowed(WriteTransaction tx, EntityDefinition entity, UUID id, Privilege privilege) {
        ProblemException why =
                WriteAccess.of(tx, entity).denied(privilege, List.of(id)).get(id);
        if (why != null) {
            throw why;
        }
    }

    /// Returns whether the caller may give records to the user or team.
    private static boolean reaches(WriteTransaction tx, CallerAccess access, EntityDefinition entity, UUID owner) {
        Level level = access.level(entity, Privilege.ASSIGN);
        return level == Level.TENANT
                || owner.equals(access.user())
                || (level != Level.OWN && access.principals().contains(owner))
                || tx.sql()
                        .fetchExists(
                                Principal.TABLE,
                                Principal.TENANT
                                        .eq(tx.tenant())
                                        .and(Principal.ID.eq(owner))
                                        .and(Principal.UNIT.eq(
                                                DSL.any(access.units(level).toArray(UUID[]::new)))));
    }

    private static boolean exists(WriteTransaction tx, UUID principal) {
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
