package io.relata.core.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One set-based deletion or restoration of records of one entity.
final class RecordMoves {

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Move move;
    private final Instant now;
    private final RecordStore store;
    private final UniqueValues unique;
    private final Map<UUID, ProblemException> refused = new HashMap<>();

    RecordMoves(WriteTransaction tx, EntityDefinition entity, Move move, Instant now) {
        this.tx = tx;
        this.entity = entity;
        this.move = move;
        this.now = now;
        this.store = new RecordStore(entity);
        this.unique = new UniqueValues(tx.tenant(), entity);
    }

    /// The steps of a move; their order is the specification.
    List<RecordResult> run(List<RecordTarget> targets, AuditTrail trail) {
        List<@Nullable UUID> ids = resolve(targets);
        Map<UUID, RecordData> records = store.lock(
                tx.sql(), tx.tenant(), ids.stream().flatMap(Stream::ofNullable).toList(), move.from());
        refuseOutdated(targets, ids, records);
        moveUniqueValues(records);
        List<RecordData> moved = records.values().stream()
                .filter(record -> !refused.containsKey(record.id()))
                .toList();
        store.setState(tx.sql(), tx.context(), moved, move.to(), now);
        trail.write(tx.sql(), tx.context(), moved.stream().map(this::entry).toList());
        return results(ids, records);
    }

    private List<@Nullable UUID> resolve(List<RecordTarget> targets) {
        List<AlternateKey> keys = targets.stream()
                .map(RecordTarget::key)
                .flatMap(Stream::ofNullable)
                .toList();
        Map<AlternateKey, UUID> owners = unique.owners(tx.sql(), keys);
        List<@Nullable UUID> ids = new ArrayList<>();
        targets.forEach(target -> ids.add(target.key() == null ? target.id() : owners.get(target.key())));
        return ids;
    }

    private void refuseOutdated(List<RecordTarget> targets, List<@Nullable UUID> ids, Map<UUID, RecordData> records) {
        for (int i = 0; i < targets.size(); i++) {
            RecordData record = ids.get(i) == null ? null : records.get(ids.get(i));
            Long expected = targets.get(i).expectedVersion();
            if (record != null && expected != null && expected != record.version()) {
                refused.put(record.id(), Conflicts.changed(record));
            }
        }
    }

    private void moveUniqueValues(Map<UUID, RecordData> records) {
        List<RecordData> sound = records.values().stream()
                .filter(record -> !refused.containsKey(record.id()))
                .toList();
        switch (move) {
            case DELETE -> unique.releaseAll(tx.sql(), sound);
            case RESTORE ->
                unique.claimAll(tx.sql(), sound)
                        .forEach((id, lost) -> refused.put(
                                id,
                                ProblemException.invalid(lost.stream()
                                        .map(FieldDefinition::property)
                                        .map(property -> Violation.of(property, "not-unique"))
                                        .toList())));
        }
    }

    private AuditEntry entry(RecordData record) {
        return new AuditEntry(
                RecordWriter.TOPIC,
                entity.id(),
                record.id(),
                record.version() + 1,
                move.action(),
                JsonNodeFactory.instance.arrayNode(),
                values(record));
    }

    private ArrayNode values(RecordData record) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        String side = move == Move.DELETE ? "old" : "new";
        String otherSide = move == Move.DELETE ? "new" : "old";
        for (FieldDefinition field : entity.fields()) {
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
    private List<RecordResult> results(List<@Nullable UUID> ids, Map<UUID, RecordData> records) {
        Set<UUID> answered = new HashSet<>();
        List<RecordResult> results = new ArrayList<>();
        for (UUID id : ids) {
            RecordData record = id == null ? null : records.get(id);
            if (record == null || !answered.add(record.id())) {
                results.add(new RecordResult.Rejected(ProblemException.notFound()));
            } else if (refused.containsKey(record.id())) {
                results.add(new RecordResult.Rejected(Objects.requireNonNull(refused.get(record.id()))));
            } else {
                results.add(new RecordResult.Saved(moved(record), move.outcome()));
            }
        }
        return results;
    }

    private RecordData moved(RecordData record) {
        return new RecordData(
                record.entity(),
                record.id(),
                record.version() + 1,
                record.createdAt(),
                record.createdBy(),
                now,
                tx.context().user(),
                record.values());
    }
}
