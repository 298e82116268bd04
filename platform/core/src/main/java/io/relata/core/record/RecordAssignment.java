package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.access.AccessTables.Principal;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Input;
import io.relata.core.access.Level;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Gives records other owners, and with them what hangs on them if it is wanted: of the collections that are named, the
/// records that belonged to the same owner. What others own stays theirs.
public final class RecordAssignment {

    /// So many of a collection go along in one transaction.
    static final int MOST = 5_000;

    /// Under this name the audit trail keeps who owns a record; no field can have it.
    private static final String OWNER = "$owner";

    private final AuditTrail trail;
    private final Clock clock;

    public RecordAssignment(AuditTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /// What became of a collection.
    ///
    /// @param assigned how many records went along
    /// @param kept     how many did not, because the caller may not give them to that owner
    public record Along(String collection, int assigned, int kept) {}

    /// Gives the record to a user or a team.
    ///
    /// @param input `owner`, and `with` for the collections that go along
    /// @return what went along, by collection
    /// @throws ProblemException NOT_FOUND; FORBIDDEN, also when the new owner is out of the caller's reach; VALIDATION
    public List<Along> assign(WriteTransaction tx, EntityDefinition entity, UUID id, Input input) {
        UUID owner = input.id("owner");
        List<Relationship> with = collections(tx, entity, input);
        if (!RecordSharing.exists(tx, owner)) {
            input.reject("owner", "user-missing");
        }
        input.done();
        RecordData record = new RecordStore(entity)
                .lockToChange(tx.sql(), tx.tenant(), List.of(id), RecordColumns.LIVE)
                .get(id);
        if (record == null) {
            throw ProblemException.notFound();
        }
        RecordSharing.allowed(tx, entity, id, Privilege.ASSIGN);
        if (!reaches(tx, entity, owner)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-not-assignable");
        }
        UUID before = owner(tx, entity, id);
        if (!owner.equals(before)) {
            give(tx, entity, List.of(record), before, owner);
        }
        List<Along> along = new ArrayList<>();
        for (Relationship relationship : with) {
            along.add(along(tx, relationship, new Handover(id, before, owner)));
        }
        return along;
    }

    /// Gives records to a user or a team, with the same few statements however many there are; those that have that
    /// owner already, and those that are not there, stay as they are.
    ///
    /// @return how many were given
    /// @throws ProblemException FORBIDDEN when the caller may not give away all of the entity's records
    public int giveAll(WriteTransaction tx, EntityDefinition entity, Collection<UUID> ids, UUID owner) {
        CallerAccess access = CallerAccess.of(tx.sql(), tx.context());
        if (access.level(entity, Privilege.ASSIGN) != Level.TENANT) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-not-assignable");
        }
        Map<UUID, RecordData> records =
                new RecordStore(entity.whole()).lockToChange(tx.sql(), tx.tenant(), ids, RecordColumns.LIVE);
        RecordColumns columns = RecordColumns.of(entity.whole());
        Map<Optional<UUID>, List<RecordData>> byOwner = new LinkedHashMap<>();
        tx.sql()
                .select(columns.id(), columns.ownerId())
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(DSL.any(records.keySet().toArray(UUID[]::new))))
                .orderBy(columns.id())
                .forEach(row -> byOwner.computeIfAbsent(Optional.ofNullable(row.value2()), one -> new ArrayList<>())
                        .add(Objects.requireNonNull(records.get(row.value1()))));
        byOwner.remove(Optional.of(owner));
        byOwner.forEach((before, given) -> give(tx, entity.whole(), given, before.orElse(null), owner));
        return byOwner.values().stream().mapToInt(List::size).sum();
    }

    /// A record that goes from one owner to another.
    private record Handover(UUID record, @Nullable UUID before, UUID owner) {}

    private static List<Relationship> collections(WriteTransaction tx, EntityDefinition entity, Input input) {
        List<Relationship> found = new ArrayList<>();
        for (String name : new HashSet<>(input.texts("with"))) {
            if (tx.seen().collection(entity, name).orElse(null) instanceof Relationship relationship) {
                found.add(relationship);
            } else {
                input.reject("with", "assign-unknown-collection", name);
            }
        }
        return found;
    }

    private static @Nullable UUID owner(WriteTransaction tx, EntityDefinition entity, UUID id) {
        RecordColumns columns = RecordColumns.of(entity);
        return tx.sql()
                .select(columns.ownerId())
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(id))
                .fetchOne(columns.ownerId());
    }

    private Along along(WriteTransaction tx, Relationship relationship, Handover handover) {
        EntityDefinition from = relationship.from().whole();
        List<UUID> theirs = theirs(tx, relationship, handover);
        if (theirs.size() > MOST) {
            throw ProblemException.of(ProblemCode.TOO_LARGE, "assign-too-many", relationship.name(), MOST);
        }
        Reach read = Reach.of(CallerAccess.of(tx.sql(), tx.context()), from, Privilege.READ);
        Set<UUID> seen = read.of(tx.sql(), theirs);
        Map<UUID, RecordData> locked =
                new RecordStore(from).lockToChange(tx.sql(), tx.tenant(), seen, RecordColumns.LIVE);
        Set<UUID> denied =
                WriteAccess.of(tx, from).denied(Privilege.ASSIGN, seen).keySet();
        List<RecordData> given = reaches(tx, from, handover.owner())
                ? locked.values().stream()
                        .filter(record -> !denied.contains(record.id()))
                        .toList()
                : List.of();
        if (!given.isEmpty()) {
            give(tx, from, given, handover.before(), handover.owner());
        }
        return new Along(relationship.name(), given.size(), seen.size() - given.size());
    }

    private static List<UUID> theirs(WriteTransaction tx, Relationship relationship, Handover handover) {
        RecordColumns columns = RecordColumns.of(relationship.from().whole());
        Field<UUID> lookup = columns.field(relationship.lookup()).coerce(UUID.class);
        Condition same = handover.before() == null
                ? columns.ownerId().isNull()
                : columns.ownerId().eq(handover.before());
        return tx.sql()
                .select(columns.id())
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(lookup.eq(handover.record()))
                .and(same)
                .orderBy(columns.id())
                .limit(MOST + 1)
                .fetch(columns.id());
    }

    private void give(
            WriteTransaction tx,
            EntityDefinition entity,
            Collection<RecordData> records,
            @Nullable UUID before,
            UUID owner) {
        RecordColumns columns = RecordColumns.of(entity);
        Map<Field<?>, Object> row = new LinkedHashMap<>();
        row.put(field(name("owner_id"), UUID.class), owner);
        row.put(
                field(name("version"), Long.class),
                field(name("version"), Long.class).plus(1));
        row.put(
                field(name("updated_at"), OffsetDateTime.class),
                clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        row.put(field(name("updated_by"), UUID.class), tx.context().user());
        UUID[] ids = records.stream().map(RecordData::id).toArray(UUID[]::new);
        tx.sql()
                .update(columns.table())
                .set(row)
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(DSL.any(ids)))
                .execute();
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("field", OWNER)
                .put("old", before == null ? null : before.toString())
                .put("new", owner.toString());
        trail.write(
                tx.sql(),
                tx.context(),
                records.stream()
                        .map(record -> new AuditEntry(
                                RecordWriter.TOPIC,
                                entity.id(),
                                record.id(),
                                record.version() + 1,
                                AuditEntry.Action.UPDATE,
                                changes))
                        .toList());
    }

    /// Returns whether the caller may give records of the entity to the user or team.
    private static boolean reaches(WriteTransaction tx, EntityDefinition entity, UUID owner) {
        CallerAccess access = CallerAccess.of(tx.sql(), tx.context());
        Level level = access.level(entity, Privilege.ASSIGN);
        return level == Level.TENANT
                || (level != Level.NONE && owner.equals(access.user()))
                || (level != Level.OWN
                        && level != Level.NONE
                        && access.principals().contains(owner))
                || tx.sql()
                        .fetchExists(
                                Principal.TABLE,
                                Principal.TENANT
                                        .eq(tx.tenant())
                                        .and(Principal.ID.eq(owner))
                                        .and(Principal.UNIT.eq(
                                                DSL.any(access.units(level).toArray(UUID[]::new)))));
    }
}
