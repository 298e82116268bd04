package io.relata.core.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.access.Privilege;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One set-based deletion or restoration of records of one entity, with what they take along.
final class RecordMoves {

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Move move;
    private final Instant now;
    private final MoveGraph graph = new MoveGraph();
    private final Consequences consequences;
    private final boolean asked;

    RecordMoves(WriteTransaction tx, EntityDefinition entity, Move move, Instant now) {
        this(tx, entity, move, now, Set.of());
    }

    /// @param staying records that are not taken along
    RecordMoves(WriteTransaction tx, EntityDefinition entity, Move move, Instant now, Set<RecordRef> staying) {
        this.tx = tx;
        this.entity = entity;
        this.move = move;
        this.now = now;
        this.asked = staying.isEmpty();
        this.consequences = switch (move) {
            case DELETE -> new Deletion(tx, graph, staying);
            case RESTORE -> new Restoration(tx, graph, staying);
        };
    }

    /// The steps of a move; their order is the specification.
    ///
    /// @throws Consequences.TooManyException nothing has been written
    List<RecordResult> run(List<RecordTarget> targets, AuditTrail trail, RecordIndex index) {
        Hierarchies.takeTurnForRollUps(tx, entity);
        List<@Nullable UUID> ids = resolve(targets);
        Map<UUID, RecordData> records = new RecordStore(entity)
                .lockToMove(
                        tx.sql(),
                        tx.tenant(),
                        ids.stream().flatMap(Stream::ofNullable).toList(),
                        move.from());
        Map<UUID, ProblemException> denied =
                asked ? WriteAccess.of(tx, entity).denied(Privilege.DELETE, records.keySet()) : Map.of();
        records.keySet().removeAll(denied.keySet());
        records.values().forEach(record -> graph.root(entity, record));
        refuseOutdated(targets, ids, records);
        consequences.find(graph.nodes());
        if (move == Move.DELETE) {
            LegalHolds.refuse(tx, graph);
        }
        moveUniqueValues();
        Set<RecordRef> moving = graph.keys();
        List<AuditEntry> entries = new ArrayList<>();
        graph.moving().forEach((group, moved) -> {
            new RecordStore(group).setState(tx.sql(), tx.context(), moved, move.to(), now);
            index(group, moved, index);
            moved.forEach(record -> {
                entries.add(entry(group, record));
                boolean deleted = move == Move.DELETE;
                tx.upkeep()
                        .changed(
                                group,
                                record.id(),
                                record.createdAt(),
                                deleted ? record.values() : null,
                                deleted ? null : record.values());
            });
        });
        Links links = consequences.links(moving, this::moved);
        entries.addAll(links.write(tx, now));
        remember(moving);
        trail.write(tx.sql(), tx.context(), entries);
        return results(ids, records, denied, links);
    }

    /// Returns how many records have moved, those that were taken along included.
    int moved() {
        return graph.keys().size();
    }

    private void index(EntityDefinition group, Collection<RecordData> moved, RecordIndex index) {
        Map<UUID, Map<String, @Nullable Object>> values = new LinkedHashMap<>();
        moved.forEach(record -> values.put(record.id(), record.values()));
        if (!values.isEmpty()) {
            switch (move) {
                case DELETE -> index.removed(tx, group, values.keySet());
                case RESTORE -> index.added(tx, group, values);
            }
        }
    }

    private List<@Nullable UUID> resolve(List<RecordTarget> targets) {
        List<AlternateKey> keys = targets.stream()
                .map(RecordTarget::key)
                .flatMap(Stream::ofNullable)
                .toList();
        Map<AlternateKey, UUID> owners = new UniqueValues(tx.tenant(), entity).owners(tx.sql(), keys);
        List<@Nullable UUID> ids = new ArrayList<>();
        targets.forEach(target -> ids.add(target.key() == null ? target.id() : owners.get(target.key())));
        return ids;
    }

    private void refuseOutdated(List<RecordTarget> targets, List<@Nullable UUID> ids, Map<UUID, RecordData> records) {
        for (int i = 0; i < targets.size(); i++) {
            RecordData record = ids.get(i) == null ? null : records.get(ids.get(i));
            Long expected = targets.get(i).expectedVersion();
            if (record != null && expected != null && expected != record.version()) {
                graph.refuse(RecordRef.of(entity, record.id()), Conflicts.changed(record));
            }
        }
    }

    /// A restoration claims before it is known what comes back, and gives back what did not.
    private void moveUniqueValues() {
        Map<EntityDefinition, List<RecordData>> claiming = graph.moving();
        if (move == Move.RESTORE) {
            claiming.forEach((group, records) -> new UniqueValues(tx.tenant(), group)
                    .claimAll(tx.sql(), records)
                    .forEach((id, lost) -> graph.refuse(
                            RecordRef.of(group, id),
                            ProblemException.invalid(lost.stream()
                                    .map(field -> taken(group, field))
                                    .toList()))));
        }
        consequences.settle();
        Set<RecordRef> moving = graph.keys();
        claiming.forEach((group, records) -> new UniqueValues(tx.tenant(), group)
                .releaseAll(
                        tx.sql(),
                        records.stream()
                                .filter(record ->
                                        moving.contains(RecordRef.of(group, record.id())) == (move == Move.DELETE))
                                .toList()));
    }

    /// A field that the caller does not see is not named.
    private Violation taken(EntityDefinition group, FieldDefinition field) {
        return tx.seen(group).field(field.name()).isPresent()
                ? Violation.of(field.property(), "not-unique")
                : Violation.of(null, "unseen-field");
    }

    private void remember(Set<RecordRef> moving) {
        if (move == Move.RESTORE) {
            graph.moving()
                    .forEach((group, records) ->
                            DeletionEffects.forget(tx.sql(), tx.tenant(), group.id(), MoveGraph.ids(records)));
        }
        DeletionEffects.write(tx.sql(), tx.tenant(), consequences.effects(moving));
    }

    private AuditEntry entry(EntityDefinition group, RecordData record) {
        return new AuditEntry(
                RecordWriter.TOPIC,
                group.id(),
                record.id(),
                record.version() + 1,
                move.action(),
                JsonNodeFactory.instance.arrayNode(),
                values(group, record));
    }

    private ArrayNode values(EntityDefinition group, RecordData record) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        String side = move == Move.DELETE ? "old" : "new";
        String otherSide = move == Move.DELETE ? "new" : "old";
        for (FieldDefinition field : group.fields()) {
            Object value = record.value(field.name());
            if (value != null) {
                ObjectNode change = values.addObject().put("field", field.name());
                change.set(side, Document.json(value));
                change.putNull(otherSide);
            }
        }
        return values;
    }

    /// A record that is named twice moves once; the second finds it gone.
    private List<RecordResult> results(
            List<@Nullable UUID> ids, Map<UUID, RecordData> records, Map<UUID, ProblemException> denied, Links links) {
        Map<RecordRef, ProblemException> refused = graph.refused();
        Set<UUID> answered = new HashSet<>();
        List<RecordResult> results = new ArrayList<>();
        for (UUID id : ids) {
            RecordData record = id == null ? null : records.get(id);
            if (record == null || !answered.add(record.id())) {
                ProblemException why = id == null ? null : denied.get(id);
                results.add(new RecordResult.Rejected(why == null ? ProblemException.notFound() : why));
            } else {
                ProblemException refusal = refused.get(RecordRef.of(entity, record.id()));
                results.add(
                        refusal == null
                                ? new RecordResult.Saved(
                                        links.after(entity, moved(record), this::changed), move.outcome())
                                : new RecordResult.Rejected(refusal));
            }
        }
        return results;
    }

    private RecordData moved(RecordData record) {
        return stored(record, record.version() + 1, record.values());
    }

    /// Returns a record that moved and then lost or got back a link.
    private RecordData changed(RecordDraft draft) {
        return stored(Objects.requireNonNull(draft.before()), draft.version(), new LinkedHashMap<>(draft.values()));
    }

    private RecordData stored(RecordData record, long version, Map<String, @Nullable Object> values) {
        return new RecordData(
                record.entity(),
                record.id(),
                version,
                record.createdAt(),
                record.createdBy(),
                now,
                tx.context().user(),
                values);
    }
}
