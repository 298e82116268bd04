package io.relata.core.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.plugin.PluginHook;
import io.relata.core.plugin.PluginService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.UsageReporter;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The one way in which records are written, by whomever and however many.
public final class RecordWriter {

    private static final String TOPIC = "record";

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final PluginService plugins;
    private final AuditTrail trail;
    private final UsageReporter usage;
    private final Ids ids;
    private final Clock clock;

    public RecordWriter(
            TenantTransaction transactions,
            MetadataService metadata,
            PluginService plugins,
            AuditTrail trail,
            UsageReporter usage,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.plugins = plugins;
        this.trail = trail;
        this.usage = usage;
        this.ids = ids;
        this.clock = clock;
    }

    /// Creates a record.
    ///
    /// @param values by the API's property names
    /// @throws ProblemException UNKNOWN_ENTITY, VALIDATION with every violation
    public RecordData create(CallContext context, String entity, Map<String, @Nullable Object> values) {
        return save(context, entity, new RecordInput(null, null, values, FieldValues.Form.JSON));
    }

    /// Changes the named values of a record.
    ///
    /// @param expectedVersion the version the caller saw; `null` when any will do
    /// @throws ProblemException UNKNOWN_ENTITY, NOT_FOUND, VALIDATION with every violation, CONFLICT with the extra
    ///     `current`, a [RecordData]
    public RecordData update(
            CallContext context,
            String entity,
            UUID id,
            @Nullable Long expectedVersion,
            Map<String, @Nullable Object> values) {
        return save(context, entity, new RecordInput(id, expectedVersion, values, FieldValues.Form.JSON));
    }

    private RecordData save(CallContext context, String entityName, RecordInput input) {
        MetadataSnapshot snapshot = metadata.snapshot(context.tenant());
        EntityDefinition entity = entity(snapshot, entityName);
        RecordResult result = transactions.call(context, sql -> {
            RecordResult saved =
                    saveAll(sql, context, snapshot, entity, List.of(input)).getFirst();
            if (saved instanceof RecordResult.Rejected rejected) {
                throw rejected.problem();
            }
            return saved;
        });
        return ((RecordResult.Saved) result).data();
    }

    /// Saves many records in the caller's transaction, with the same few statements however many there are. Those
    /// that are refused are left out; the others are stored.
    ///
    /// @param snapshot taken before the transaction was opened
    /// @return what became of each input, in the same order
    public List<RecordResult> saveAll(
            DSLContext sql,
            CallContext context,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            List<RecordInput> inputs) {
        List<RecordResult> results = new ArrayList<>(inputs.size());
        for (List<RecordInput> round : rounds(inputs)) {
            results.addAll(saveRound(sql, context, snapshot, entity, round));
        }
        return results;
    }

    /// The steps of a write; their order is the specification.
    private List<RecordResult> saveRound(
            DSLContext sql,
            CallContext context,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            List<RecordInput> inputs) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        RecordStore store = new RecordStore(entity);
        UniqueValues unique = new UniqueValues(context.tenant(), entity);
        List<RecordDraft> drafts = inputs.stream()
                .map(input -> new RecordDraft(entity, input, Objects.requireNonNullElseGet(input.id(), ids::next)))
                .toList();

        drafts.forEach(RecordDraft::parse);
        fillOrMerge(sql, context, store, drafts);
        callHooks(context, entity, snapshot, drafts);
        drafts.forEach(RecordDraft::validate);
        List<RecordDraft> existing =
                drafts.stream().filter(RecordDraft::hasValues).toList();
        References.check(sql, context.tenant(), snapshot, existing);
        unique.check(sql, existing);
        unique.claim(sql, drafts.stream().filter(RecordDraft::writes).toList());
        List<RecordDraft> written = drafts.stream().filter(RecordDraft::writes).toList();
        store.insert(sql, context, written.stream().filter(RecordDraft::isNew).toList(), now);
        store.update(
                sql, context, written.stream().filter(draft -> !draft.isNew()).toList(), now);
        trail.write(sql, context, written.stream().map(RecordWriter::entry).toList());
        if (!written.isEmpty()) {
            usage.changed(context.tenant());
        }
        return drafts.stream().map(draft -> result(context, draft, now)).toList();
    }

    private void fillOrMerge(DSLContext sql, CallContext context, RecordStore store, List<RecordDraft> drafts) {
        List<UUID> known = drafts.stream()
                .filter(draft -> !draft.isNew())
                .map(RecordDraft::id)
                .toList();
        Map<UUID, RecordData> stored = store.lock(sql, context.tenant(), known, RecordColumns.LIVE);
        for (RecordDraft draft : drafts) {
            if (draft.isNew()) {
                draft.fillNew();
            } else {
                draft.merge(stored.get(draft.id()));
            }
        }
    }

    /// A draft that is refused already has no values worth showing to a plugin.
    private void callHooks(
            CallContext context, EntityDefinition entity, MetadataSnapshot snapshot, List<RecordDraft> drafts) {
        for (PluginHook hook : plugins.hooks(entity.name(), snapshot.plugins())) {
            for (RecordDraft draft : drafts) {
                if (draft.sound()) {
                    hook.hook().beforeSave(context, new HookChange(draft, hook, context));
                }
            }
        }
    }

    private static AuditEntry entry(RecordDraft draft) {
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        for (FieldDefinition field : draft.changes()) {
            ObjectNode change = changes.addObject().put("field", field.name());
            change.set("old", Document.json(draft.valueBefore(field)));
            change.set("new", Document.json(draft.value(field)));
        }
        AuditEntry.Action action = draft.isNew() ? AuditEntry.Action.CREATE : AuditEntry.Action.UPDATE;
        return new AuditEntry(TOPIC, draft.entity().id(), draft.id(), draft.version(), action, changes);
    }

    private static RecordResult result(CallContext context, RecordDraft draft, Instant now) {
        if (!draft.sound()) {
            return new RecordResult.Rejected(draft.problem());
        }
        RecordData before = draft.before();
        if (before != null && !draft.writes()) {
            return new RecordResult.Saved(before, RecordResult.Outcome.UNCHANGED);
        }
        RecordData data = new RecordData(
                draft.entity().name(),
                draft.id(),
                draft.version(),
                before == null ? now : before.createdAt(),
                before == null ? context.user() : before.createdBy(),
                now,
                context.user(),
                draft.values());
        return new RecordResult.Saved(
                data, before == null ? RecordResult.Outcome.CREATED : RecordResult.Outcome.UPDATED);
    }

    /// Deletes a record so that it can be restored.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY, NOT_FOUND, CONFLICT with the extra `current`
    public RecordData delete(CallContext context, String entity, UUID id, @Nullable Long expectedVersion) {
        return move(context, entity, id, RecordColumns.LIVE, (sql, definition, record) -> {
            if (expectedVersion != null && expectedVersion != record.version()) {
                throw RecordDraft.conflict(record);
            }
            new UniqueValues(context.tenant(), definition).releaseAll(sql, record);
        });
    }

    /// Brings a deleted record back.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY; NOT_FOUND when there is no such deleted record; VALIDATION when a
    ///     unique value was given to another record meanwhile
    public RecordData restore(CallContext context, String entity, UUID id) {
        return move(context, entity, id, RecordColumns.DELETED, (sql, definition, record) -> {
            List<FieldDefinition> lost = new UniqueValues(context.tenant(), definition).claimAll(sql, record);
            if (!lost.isEmpty()) {
                throw ProblemException.invalid(lost.stream()
                        .map(field -> Violation.of(field.property(), "not-unique"))
                        .toList());
            }
        });
    }

    @FunctionalInterface
    private interface Preparation {
        void run(DSLContext sql, EntityDefinition entity, RecordData record);
    }

    private RecordData move(CallContext context, String entityName, UUID id, short from, Preparation preparation) {
        EntityDefinition entity = entity(metadata.snapshot(context.tenant()), entityName);
        RecordStore store = new RecordStore(entity);
        boolean deletes = from == RecordColumns.LIVE;
        return transactions.call(context, sql -> {
            RecordData record =
                    store.lock(sql, context.tenant(), List.of(id), from).get(id);
            if (record == null) {
                throw ProblemException.notFound();
            }
            preparation.run(sql, entity, record);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            store.setState(sql, context, record, deletes ? RecordColumns.DELETED : RecordColumns.LIVE, now);
            AuditEntry.Action action = deletes ? AuditEntry.Action.DELETE : AuditEntry.Action.RESTORE;
            ArrayNode none = JsonNodeFactory.instance.arrayNode();
            trail.write(
                    sql, context, List.of(new AuditEntry(TOPIC, entity.id(), id, record.version() + 1, action, none)));
            usage.changed(context.tenant());
            return new RecordData(
                    record.entity(),
                    id,
                    record.version() + 1,
                    record.createdAt(),
                    record.createdBy(),
                    now,
                    context.user(),
                    record.values());
        });
    }

    private static EntityDefinition entity(MetadataSnapshot snapshot, String name) {
        return snapshot.entity(name)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", name));
    }

    /// Splits the inputs so that no record occurs twice in a round: its second change builds on its first.
    private static Collection<List<RecordInput>> rounds(List<RecordInput> inputs) {
        Map<Integer, List<RecordInput>> rounds = new LinkedHashMap<>();
        Set<UUID> seen = new HashSet<>();
        int round = 0;
        for (RecordInput input : inputs) {
            if (input.id() != null && !seen.add(input.id())) {
                seen.clear();
                seen.add(input.id());
                round++;
            }
            rounds.computeIfAbsent(round, number -> new ArrayList<>()).add(input);
        }
        return rounds.values();
    }
}
