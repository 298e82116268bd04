package io.relata.core.record;

import io.relata.core.audit.AuditEntry;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lookups that are cleared or filled again because of what happens to the records that they point to. Each record
/// that is touched gets a version and an entry of its own; no hook is asked, because nobody chose the change.
final class Links {

    private final Map<RecordRef, RecordDraft> drafts = new LinkedHashMap<>();

    void clear(EntityDefinition entity, RecordData record, FieldDefinition lookup) {
        put(entity, record, lookup, null, null);
    }

    /// @param of the entity of the target
    void set(EntityDefinition entity, RecordData record, FieldDefinition lookup, UUID target, String of) {
        put(entity, record, lookup, target, of);
    }

    private void put(
            EntityDefinition entity,
            RecordData record,
            FieldDefinition lookup,
            @Nullable UUID target,
            @Nullable String of) {
        RecordDraft draft = drafts.computeIfAbsent(RecordRef.of(entity, record.id()), key -> draft(entity, record));
        draft.set(lookup, target);
        if (lookup.polymorphic()) {
            entity.field(PolymorphicReferences.typeField(lookup)).ifPresent(type -> draft.set(type, of));
        }
    }

    private static RecordDraft draft(EntityDefinition entity, RecordData record) {
        RecordInput input = new RecordInput(record.id(), null, Map.of(), Form.JSON);
        RecordDraft draft = new RecordDraft(entity, entity, input, record.id(), false);
        draft.merge(record);
        return draft;
    }

    /// Writes the changes; returns the entries that tell of them.
    List<AuditEntry> write(WriteTransaction tx, Instant now) {
        Map<EntityDefinition, List<RecordDraft>> groups = new LinkedHashMap<>();
        drafts.values().stream()
                .filter(RecordDraft::writes)
                .forEach(draft -> groups.computeIfAbsent(draft.entity(), entity -> new ArrayList<>())
                        .add(draft));
        List<AuditEntry> entries = new ArrayList<>();
        groups.forEach((entity, changed) -> {
            new RecordStore(entity).update(tx.sql(), tx.context(), changed, now);
            changed.forEach(draft -> {
                entries.add(RecordSaves.entry(draft));
                RecordData before = Objects.requireNonNull(draft.before());
                tx.upkeep().changed(entity, draft.id(), before.createdAt(), before.values(), draft.values());
            });
        });
        return entries;
    }

    /// Returns the record as it is after the changes, or as it was given when it has none.
    RecordData after(EntityDefinition entity, RecordData record, Function<RecordDraft, RecordData> data) {
        RecordDraft draft = drafts.get(RecordRef.of(entity, record.id()));
        return draft == null || !draft.writes() ? record : data.apply(draft);
    }
}
