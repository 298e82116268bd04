package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.type.Form;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Computes expressions on records as they are now: all that they read is fetched for all records together. Each
/// record has the budget of a save.
///
/// Used by one thread, within its transaction.
public final class RecordValues {

    private final Map<UUID, RecordData> records;
    private final Map<UUID, DraftValues.OfDraft> drafts = new HashMap<>();

    private RecordValues(Map<UUID, RecordData> records) {
        this.records = records;
    }

    /// Fetches the tenant's records and what the formulas read of others.
    public static RecordValues of(
            WriteTransaction tx,
            EntityDefinition entity,
            Collection<UUID> ids,
            Collection<Formula> formulas,
            Neighbours neighbours,
            Instant now) {
        EntityDefinition whole = entity.whole();
        RecordValues found = new RecordValues(new RecordStore(whole).find(tx.sql(), tx.tenant(), ids));
        List<Formula> all = new ArrayList<>(DraftValues.all(whole));
        all.addAll(formulas);
        DraftValues values = new DraftValues(tx, whole, all, neighbours, now);
        Map<UUID, RecordDraft> made = new HashMap<>();
        found.records.values().forEach(record -> made.put(record.id(), draft(whole, record)));
        values.fetch(tx.sql(), List.copyOf(made.values()));
        made.forEach((id, draft) -> found.drafts.put(id, values.of(draft)));
        return found;
    }

    /// Returns what stands for a record that is not to be changed.
    static RecordDraft draft(EntityDefinition entity, RecordData record) {
        RecordDraft draft = new RecordDraft(
                entity, entity, new RecordInput(record.id(), null, Map.of(), Form.JSON), record.id(), false);
        draft.merge(record);
        return draft;
    }

    /// Returns the record; `null` when there is none, or it was deleted.
    public @Nullable RecordData record(UUID id) {
        return records.get(id);
    }

    /// Returns whether a record meets the condition; one that is not there meets none.
    ///
    /// @throws Budget.Exhausted when the record's expressions cost too much
    public boolean holds(UUID id, Formula condition) {
        DraftValues.OfDraft draft = drafts.get(id);
        return draft != null && draft.holds(condition);
    }

    /// Returns what the formula gives, as the field holds it; `null` when that is nothing.
    ///
    /// @throws Budget.Exhausted when the record's expressions cost too much
    public @Nullable Object value(UUID id, FieldDefinition field, Formula formula) {
        DraftValues.OfDraft draft = drafts.get(id);
        return draft == null ? null : draft.value(field, formula);
    }
}
