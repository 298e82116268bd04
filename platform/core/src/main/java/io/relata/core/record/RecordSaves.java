package io.relata.core.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.expression.Budget;
import io.relata.core.id.Ids;
import io.relata.core.metadata.Conditions;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.plugin.PluginHook;
import io.relata.core.record.RecordTarget.Existence;
import io.relata.core.vault.Vault;
import io.relata.spi.Consents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One set-based creation or change of records of one entity. No record occurs twice in it by its id.
final class RecordSaves {

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final EntityDefinition seen;
    private final Instant now;
    private final RecordStore store;
    private final UniqueValues unique;
    private final DraftValues values;

    RecordSaves(WriteTransaction tx, EntityDefinition entity, Neighbours neighbours, Instant now) {
        this.tx = tx;
        this.entity = entity;
        this.seen = tx.seen(entity);
        this.now = now;
        this.store = new RecordStore(entity);
        this.unique = new UniqueValues(tx.tenant(), entity);
        this.values = new DraftValues(tx, entity, DraftValues.all(entity), neighbours, now);
    }

    /// What outlives a save.
    ///
    /// @param numbers automatic numbers that were taken ahead
    /// @param vault   seals what is stored encrypted
    record Helpers(NumberBlocks numbers, Vault vault) {}

    /// The steps of a save; their order is the specification.
    List<RecordResult> run(
            List<RecordInput> inputs,
            List<PluginHook> hooks,
            AuditTrail trail,
            RecordIndex index,
            Ids ids,
            Helpers helpers) {
        Secrets secrets = new Secrets(tx.sql(), tx.tenant(), helpers.vault());
        Hierarchies.takeTurnForRollUps(tx, entity);
        List<RecordDraft> drafts = resolve(inputs, ids);
        drafts.forEach(RecordDraft::parse);
        Relinks.find(tx, entity, drafts);
        fillOrMerge(drafts);
        secrets.settle(entity, drafts);
        WriteAccess access = WriteAccess.of(tx, entity);
        access.refuse(drafts);
        setDefaults(drafts);
        Attachments attachments = new Attachments(tx, entity);
        attachments.resolve(drafts);
        BaseValues.explain(tx.sql(), tx.tenant(), entity, drafts);
        act(drafts);
        callHooks(drafts, hooks);
        compute(drafts);
        drafts.forEach(RecordDraft::validate);
        new RuleCheck(entity, values, tx.context().locale()).check(drafts);
        access.refuseLosing(drafts);
        List<RecordDraft> existing =
                drafts.stream().filter(RecordDraft::hasValues).toList();
        References.check(tx, existing);
        Hierarchies.check(tx, entity, existing);
        unique.check(tx.sql(), existing);
        unique.claim(tx.sql(), drafts);
        List<RecordDraft> written = drafts.stream().filter(RecordDraft::writes).toList();
        AutoNumbers.give(tx, entity, written, new AutoNumbers.Give(now, helpers.numbers()));
        secrets.seal(entity, written);
        tx.upkeep().begin(entity, written.stream().filter(RecordDraft::begins).toList(), now);
        store(written);
        ListItems.keep(tx, entity, written);
        attachments.keep(written, now);
        index(written, index);
        written.forEach(draft -> tx.upkeep()
                .changed(
                        entity,
                        draft.id(),
                        createdAt(draft),
                        draft.before() == null ? null : draft.before().values(),
                        draft.values()));
        trail.write(
                tx.sql(), tx.context(), written.stream().map(RecordSaves::entry).toList());
        return drafts.stream().map(this::result).toList();
    }

    /// Finds out which records are meant: those named by a key exist, or their key is reserved for them.
    private List<RecordDraft> resolve(List<RecordInput> inputs, Ids ids) {
        Set<AlternateKey> keys = new HashSet<>();
        Map<AlternateKey, UUID> newRecords = new HashMap<>();
        for (RecordInput input : inputs) {
            AlternateKey key = input.target().key();
            if (key != null) {
                keys.add(key);
                if (input.target().existence() != Existence.REQUIRED) {
                    newRecords.put(key, ids.next());
                }
            }
        }
        unique.reserve(tx.sql(), newRecords);
        Map<AlternateKey, UUID> owners = unique.owners(tx.sql(), keys);
        List<RecordDraft> drafts = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (RecordInput input : inputs) {
            RecordDraft draft = draft(input, owners, newRecords, ids);
            if (!seen.add(draft.id())) {
                draft.reject(null, "named-twice");
            }
            drafts.add(draft);
        }
        return drafts;
    }

    private RecordDraft draft(
            RecordInput input, Map<AlternateKey, UUID> owners, Map<AlternateKey, UUID> newRecords, Ids ids) {
        AlternateKey key = input.target().key();
        if (key == null) {
            UUID id = input.target().id();
            return new RecordDraft(entity, seen, input, Objects.requireNonNullElseGet(id, ids::next), id == null);
        }
        UUID owner = owners.get(key);
        boolean isNew = owner == null || owner.equals(newRecords.get(key));
        return new RecordDraft(entity, seen, input, Objects.requireNonNullElseGet(owner, ids::next), isNew);
    }

    private void fillOrMerge(List<RecordDraft> drafts) {
        List<UUID> known = drafts.stream()
                .filter(draft -> !draft.isNew())
                .map(RecordDraft::id)
                .toList();
        Map<UUID, RecordData> stored = store.lockToChange(tx.sql(), tx.tenant(), known, RecordColumns.LIVE);
        for (RecordDraft draft : drafts) {
            if (draft.isNew()) {
                draft.fillNew();
            } else {
                draft.merge(stored.get(draft.id()));
            }
        }
    }

    private void setDefaults(List<RecordDraft> drafts) {
        List<FieldDefinition> fields = entity.fields().stream()
                .filter(field -> field.conditions().get(Conditions.DEFAULT) != null)
                .toList();
        if (!fields.isEmpty()) {
            values.fetch(tx.sql(), drafts);
            fields.forEach(field -> fill(field, field.conditions().get(Conditions.DEFAULT), drafts));
        }
    }

    private void fill(FieldDefinition field, @Nullable Formula formula, List<RecordDraft> drafts) {
        for (RecordDraft draft : drafts) {
            if (draft.hasValues() && draft.fills() && draft.value(field) == null && !draft.sent(field)) {
                set(draft, field, Objects.requireNonNull(formula));
            }
        }
    }

    /// Fetches what expressions read over lookups, and computes the formulas that are stored.
    private void compute(List<RecordDraft> drafts) {
        values.fetch(tx.sql(), drafts);
        for (FieldDefinition field : entity.fields()) {
            Formula formula = field.formula();
            if (formula != null && formula.stored()) {
                drafts.stream().filter(RecordDraft::hasValues).forEach(draft -> set(draft, field, formula));
            }
        }
        entity.hidden()
                .forEach(place -> place.formula()
                        .ifPresent(formula -> drafts.stream()
                                .filter(RecordDraft::hasValues)
                                .forEach(draft -> set(draft, place.field(), formula))));
    }

    private void set(RecordDraft draft, FieldDefinition field, Formula formula) {
        try {
            draft.set(field, values.of(draft).value(field, formula));
        } catch (Budget.Exhausted exhausted) {
            draft.reject(field.property(), "expression-too-costly");
        }
    }

    private void act(List<RecordDraft> drafts) {
        for (RecordDraft draft : drafts) {
            ActionCall action = draft.action();
            if (action != null && draft.sound()) {
                ActionDraft.run(draft, action, tx.context(), new PluginConsents(tx, now));
            }
        }
    }

    /// A draft that is refused already has no values worth showing to a plugin.
    private void callHooks(List<RecordDraft> drafts, List<PluginHook> hooks) {
        Consents consents = new PluginConsents(tx, now);
        for (PluginHook hook : hooks) {
            for (RecordDraft draft : drafts) {
                if (draft.sound()) {
                    hook.hook().beforeSave(tx.context(), new HookChange(draft, hook, tx.context(), consents));
                }
            }
        }
    }

    private void store(List<RecordDraft> written) {
        List<RecordDraft> created = written.stream().filter(RecordDraft::begins).toList();
        List<RecordDraft> revived =
                written.stream().filter(draft -> draft.revived() != null).toList();
        List<RecordDraft> changed =
                written.stream().filter(draft -> !draft.isNew()).toList();
        store.insert(tx.sql(), tx.context(), created, now);
        store.revive(tx.sql(), tx.context(), revived, now);
        store.update(tx.sql(), tx.context(), changed, now);
    }

    private void index(List<RecordDraft> written, RecordIndex index) {
        Map<UUID, Map<String, @Nullable Object>> added = new LinkedHashMap<>();
        Map<UUID, Map<String, @Nullable Object>> changed = new LinkedHashMap<>();
        Set<String> fields = new HashSet<>();
        for (RecordDraft draft : written) {
            (draft.isNew() ? added : changed).put(draft.id(), draft.values());
            if (!draft.isNew()) {
                draft.changes().forEach(field -> fields.add(field.name()));
            }
        }
        if (!added.isEmpty()) {
            index.added(tx, entity, added);
        }
        if (!changed.isEmpty()) {
            index.changed(tx, entity, fields, changed);
        }
    }

    static AuditEntry entry(RecordDraft draft) {
        RecordData revived = draft.revived();
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        ArrayNode published = JsonNodeFactory.instance.arrayNode();
        for (FieldDefinition field : draft.changes()) {
            if (field.rollUp() != null) {
                continue;
            }
            ObjectNode change = published.addObject().put("field", field.name());
            change.set("old", Document.json(draft.valueBefore(field)));
            change.set("new", Document.json(draft.value(field)));
            if (revived == null) {
                changes.add(kept(field, change));
            }
        }
        AuditEntry.Action action = draft.isNew() ? AuditEntry.Action.CREATE : AuditEntry.Action.UPDATE;
        if (revived != null) {
            action = AuditEntry.Action.RESTORE;
            changes.addAll(sinceDeleted(draft, revived));
        }
        return new AuditEntry(
                RecordWriter.TOPIC, draft.entity().id(), draft.id(), draft.version(), action, changes, published);
    }

    private static ObjectNode kept(FieldDefinition field, ObjectNode change) {
        return field.audited() ? change : JsonNodeFactory.instance.objectNode().put("field", field.name());
    }

    /// A record that comes back with other values tells of what is another.
    private static List<ObjectNode> sinceDeleted(RecordDraft draft, RecordData deleted) {
        List<ObjectNode> changes = new ArrayList<>();
        for (FieldDefinition field : draft.entity().fields()) {
            Object was = deleted.value(field.name());
            if (field.rollUp() == null && !Objects.equals(was, draft.value(field))) {
                ObjectNode change = JsonNodeFactory.instance.objectNode().put("field", field.name());
                change.set("old", Document.json(was));
                change.set("new", Document.json(draft.value(field)));
                changes.add(kept(field, change));
            }
        }
        return changes;
    }

    private RecordResult result(RecordDraft draft) {
        if (!draft.sound()) {
            return new RecordResult.Rejected(draft.problem());
        }
        RecordData before = draft.before();
        if (before != null && !draft.writes()) {
            return new RecordResult.Saved(before.with(shown(draft)), RecordResult.Outcome.UNCHANGED);
        }
        UUID user = tx.context().user();
        RecordData first = first(draft);
        RecordData data = new RecordData(
                entity.name(),
                draft.id(),
                draft.version(),
                createdAt(draft),
                first == null ? user : first.createdBy(),
                now,
                user,
                shown(draft));
        return new RecordResult.Saved(
                data, before == null ? RecordResult.Outcome.CREATED : RecordResult.Outcome.UPDATED);
    }

    /// Returns the record as it was stored before, a deleted one that comes back included.
    private static @Nullable RecordData first(RecordDraft draft) {
        RecordData before = draft.before();
        return before == null ? draft.revived() : before;
    }

    private Instant createdAt(RecordDraft draft) {
        RecordData first = first(draft);
        return first == null ? now : first.createdAt();
    }

    /// Returns the values with those that are computed when they are read.
    private Map<String, @Nullable Object> shown(RecordDraft draft) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(draft.values());
        for (FieldDefinition field : entity.fields()) {
            Formula formula = field.formula();
            if (field.virtual() && formula != null) {
                shown.put(field.name(), virtual(draft, field, formula));
            }
        }
        return shown;
    }

    /// The database, where it is read next, knows no budget but time: a value that is missing here is not lost.
    private @Nullable Object virtual(RecordDraft draft, FieldDefinition field, Formula formula) {
        try {
            return values.of(draft).value(field, formula);
        } catch (Budget.Exhausted exhausted) {
            return null;
        }
    }
}
