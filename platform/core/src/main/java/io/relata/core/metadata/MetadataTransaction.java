package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A transaction in which a tenant's metadata is looked at or changed. Valid until whoever opened it returns.
public final class MetadataTransaction {

    private final DSLContext sql;
    private final CallContext context;
    private final MetadataParts parts;
    private MetadataStore.State state;
    private StoredDefinitions stored;

    MetadataTransaction(DSLContext sql, CallContext context, MetadataParts parts) {
        this.sql = sql;
        this.context = context;
        this.parts = parts;
        this.state = parts.store().state(sql, context.tenant());
        this.stored = StoredDefinitions.of(parts.store().rows(sql, context.tenant()));
    }

    public DSLContext sql() {
        return sql;
    }

    /// Returns how often the tenant's metadata has changed.
    public long version() {
        return state.version();
    }

    /// Returns the tenant's customisation as files of a solution.
    public SortedMap<String, byte[]> files() {
        return SolutionFiles.write(stored.customisation());
    }

    /// Works a change out and checks it; nothing is stored.
    ///
    /// @throws ProblemException VALIDATION with everything wrong
    public Proposal propose(Edit edit) {
        Customisation current = stored.customisation();
        Customisation target = current.copy();
        List<FormulaBinder.Fault> known = new ArrayList<>();
        MetadataSnapshot before = parts.builder().build(context.tenant(), state, stored.rows(), known::add);
        Violations violations = new Violations();
        MetadataDiff wanted = edit.into(target, before, violations.outside());
        CustomisationCheck check =
                new CustomisationCheck(current, target, parts.builder().documents(state), before, violations);
        Map<ComponentKey, FieldReader.Draft> drafts = check.check();
        Placement placement = new Placement(
                stored,
                target,
                before,
                drafts,
                violations,
                parts.ids(),
                parts.clock().instant());
        Placement.Placed placed =
                placement.place(current, wanted == null ? MetadataDiff.between(current, target) : wanted);
        edit.refuse(violations, target);
        if (placed.diff().isEmpty()) {
            throw ProblemException.invalid(List.of(Violation.of(null, "nothing-changes")));
        }
        Judged judged = judged(stored.with(placed.changed()), known, target, violations);
        edit.refuse(violations, target);
        return new Proposal(before, judged.after(), judged.inTheEnd(), placed);
    }

    /// What a change makes, at once and when all is reshaped.
    private record Judged(MetadataSnapshot after, MetadataSnapshot inTheEnd) {}

    /// Expressions are read with the whole of what a change makes: those elsewhere that it would break refuse it, too.
    ///
    /// @param known what is wrong already, and does not stop other changes
    private Judged judged(
            StoredDefinitions changed, List<FormulaBinder.Fault> known, Customisation target, Violations violations) {
        Set<FormulaBinder.Fault> found = new LinkedHashSet<>();
        MetadataSnapshot after = parts.builder().build(context.tenant(), state, changed.rows(), found::add);
        StoredDefinitions filled = changed.filled(parts.clock().instant());
        MetadataSnapshot inTheEnd =
                filled == changed ? after : parts.builder().build(context.tenant(), state, filled.rows(), found::add);
        known.forEach(found::remove);
        found.removeIf(FormulaBinder.Fault::hidden);
        for (FormulaBinder.Fault fault : found) {
            String entity =
                    after.entity(fault.entity()).map(EntityDefinition::key).orElse(fault.entity());
            fault.into(target.document(entity).orElse(null), violations.in(entity));
        }
        return new Judged(after, inTheEnd);
    }

    /// Stores a change. Whoever works with an older snapshot notices within a second.
    public void save(Proposal proposal) {
        save(proposal.placed().changed());
    }

    /// Has a field served from its second place, which has been filled.
    public void switchOver(String entity, String place) {
        edit(
                entity,
                document -> Reshape.switchOver(document, place, parts.clock().instant()));
    }

    /// Leaves a field as it is; its second place is not needed.
    public void giveUp(String entity, String place) {
        edit(entity, document -> Reshape.giveUp(document, place));
    }

    /// Has a field unique from now on: the values of all records are taken.
    public void claimed(ComponentKey field) {
        edit(field, document -> document.remove(StoredDefinitions.CLAIMING));
    }

    /// Leaves a field as it was before it was to be unique.
    public void giveUpUnique(ComponentKey field) {
        edit(field, document -> document.remove(List.of(StoredDefinitions.CLAIMING, "unique")));
    }

    private void edit(ComponentKey key, Consumer<ObjectNode> edit) {
        edit(key.entity(), document -> {
            for (JsonNode field : document.path("fields")) {
                boolean asked = field.path("name").asText().equals(key.name());
                if (asked && field.has(StoredDefinitions.CLAIMING)) {
                    edit.accept((ObjectNode) field);
                }
            }
        });
    }

    /// Returns where the values are kept that a change hid.
    public List<KeptValues> kept(MetadataDiff diff) {
        List<KeptValues> kept = new ArrayList<>();
        for (MetadataDiff.Change change : diff.changes()) {
            ComponentKey key = change.component();
            if (key.part() == ComponentKey.Part.ENTITY && change.kept() != null) {
                stored.gone(change.kept())
                        .ifPresent(entry -> kept.add(KeptValues.ofEntity(
                                key, entry.id().toString(), StoredDefinitions.going(entry.document()))));
            }
            JsonNode document = stored.live(key.entity())
                    .<JsonNode>map(StoredDefinitions.Entry::document)
                    .orElseGet(MissingNode::getInstance);
            for (JsonNode place : document.path(StoredDefinitions.HIDDEN)) {
                String why = place.path("why").asText();
                boolean asked = key.part() == ComponentKey.Part.FIELD
                        && place.path("name").asText().equals(change.kept())
                        && !why.equals(Reshape.FILLING);
                if (asked) {
                    kept.add(new KeptValues(
                            key,
                            place.path("name").asText(),
                            Reshape.older(document, place),
                            why.equals(Reshape.LEFT)));
                }
            }
        }
        return kept;
    }

    /// Has the values taken away for good that a change hid; they never come back.
    public void purge(KeptValues kept) {
        if (kept.records()) {
            going(kept.place(), true);
        } else {
            edit(kept.field().entity(), document -> Reshape.purge(document, kept.place()));
        }
    }

    private void going(String id, boolean going) {
        stored.gone(id)
                .ifPresent(entry -> save(List.of(
                        new StoredDefinitions.Entry(entry.id(), StoredDefinitions.going(entry.document(), going)))));
    }

    /// Has a removed entity kept whose records were to be taken away, with those that are left.
    public void keepRecords(String id) {
        going(id, false);
    }

    /// Forgets a removed entity that has no records any more.
    public void forgetEntity(String id) {
        stored.gone(id).ifPresent(entry -> {
            parts.store().delete(sql, context.tenant(), entry.id());
            parts.trail().deleted(sql, context, entry.id(), state.version(), entry.document());
            stored = stored.without(entry);
        });
    }

    /// Returns the definitions as if a removed entity were there.
    public Optional<MetadataSnapshot> withRemoved(String id) {
        return stored.gone(id)
                .map(entry -> snapshot(stored.with(List.of(
                        new StoredDefinitions.Entry(entry.id(), StoredDefinitions.bringBack(entry.document()))))));
    }

    /// Forgets a place whose values were taken away, and what older values of its field there were.
    public void forgetAll(String entity, String place) {
        edit(entity, document -> Reshape.forget(document, place));
    }

    /// Forgets a place that holds nothing any more.
    public void forget(String entity, String place) {
        edit(entity, document -> Reshape.drop(document, place));
    }

    private void edit(String entity, Consumer<ObjectNode> edit) {
        stored.live(entity).ifPresent(entry -> {
            ObjectNode document = entry.document().deepCopy();
            edit.accept(document);
            save(List.of(new StoredDefinitions.Entry(entry.id(), document)));
        });
    }

    void save(List<StoredDefinitions.Entry> changed) {
        UUID tenant = context.tenant();
        for (StoredDefinitions.Entry entry : changed) {
            ObjectNode before = document(entry);
            parts.store().save(sql, tenant, entry.row(), parts.clock().instant());
            parts.trail().record(sql, context, entry.id(), state.version(), before, entry.document());
        }
        stored = stored.with(changed);
    }

    private @Nullable ObjectNode document(StoredDefinitions.Entry entry) {
        return Optional.of(entry.key())
                .flatMap(stored::live)
                .or(() -> stored.gone(entry.id().toString()))
                .filter(one -> one.id().equals(entry.id()))
                .map(StoredDefinitions.Entry::document)
                .orElse(null);
    }

    MetadataStore.State state() {
        return state;
    }

    StoredDefinitions stored() {
        return stored;
    }

    private MetadataSnapshot snapshot(StoredDefinitions definitions) {
        return parts.builder().build(context.tenant(), state, definitions.rows());
    }

    /// Returns what holds by now.
    MetadataSnapshot snapshot() {
        return snapshot(stored);
    }

    /// Waits for those who write records and counts the version on; administrators of one tenant change its metadata
    /// one
    /// after the other.
    MetadataTransaction counting() {
        parts.store().take(sql, context.tenant());
        state = new MetadataStore.State(parts.store().nextVersion(sql, context.tenant()), state.plugins());
        stored = StoredDefinitions.of(parts.store().rows(sql, context.tenant()));
        return this;
    }
}
