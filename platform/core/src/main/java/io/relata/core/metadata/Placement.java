package io.relata.core.metadata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.StoredDefinitions.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Decides where the values of a customisation's fields are stored, as little different as possible from before:
/// a field keeps its place, a new one gets a slot if it asks or while slots last, one that is removed leaves its values
/// hidden in their place, and one that changes its type or moves to or from an index gets a second place beside the
/// first, to be filled in the background.
final class Placement {

    final StoredDefinitions stored;
    final Customisation target;
    final MetadataSnapshot snapshot;
    final Map<ComponentKey, FieldReader.Draft> drafts;
    final Violations violations;
    private final Ids ids;
    final Instant now;
    final Map<ComponentKey, String> kept = new HashMap<>();
    private final List<Entry> changed = new ArrayList<>();
    final List<Reshape> reshapes = new ArrayList<>();

    /// The fields whose values are to be taken before they are unique.
    final List<ComponentKey> claims = new ArrayList<>();

    Placement(
            StoredDefinitions stored,
            Customisation target,
            MetadataSnapshot snapshot,
            Map<ComponentKey, FieldReader.Draft> drafts,
            Violations violations,
            Ids ids,
            Instant now) {
        this.stored = stored;
        this.target = target;
        this.snapshot = snapshot;
        this.drafts = drafts;
        this.violations = violations;
        this.ids = ids;
        this.now = now;
    }

    /// What is going to be stored.
    ///
    /// @param changed  the documents that differ
    /// @param diff     what differs, with what is needed to take it back
    /// @param reshapes what is to be done in the background
    /// @param claims   the fields that are unique once the values of all records are taken
    record Placed(List<Entry> changed, MetadataDiff diff, List<Reshape> reshapes, List<ComponentKey> claims) {}

    /// @param wanted what is going to differ; says which hidden values are wanted back
    Placed place(Customisation current, MetadataDiff wanted) {
        Map<ComponentKey, Change> changes = new HashMap<>();
        wanted.changes().forEach(change -> changes.put(change.component(), change));
        for (String entity : target.differing(current)) {
            place(entity, changes);
        }
        MetadataDiff diff = MetadataDiff.between(current, target);
        return new Placed(
                changed,
                new MetadataDiff(diff.changes().stream()
                        .map(change -> change.keeping(kept.get(change.component())))
                        .toList()),
                reshapes,
                claims);
    }

    private void place(String entity, Map<ComponentKey, Change> changes) {
        ComponentKey key = ComponentKey.ofEntity(entity);
        Entry before = stored.live(entity).orElse(null);
        ObjectNode document = target.document(entity).orElse(null);
        if (document == null && before != null && !before.document().has(Customisation.EXTENDS)) {
            changed.add(new Entry(before.id(), StoredDefinitions.remove(before.document(), now.toString())));
            kept.put(key, before.id().toString());
            return;
        }
        if (before == null && changes.containsKey(key)) {
            String wantedBack = changes.get(key).kept();
            before = wantedBack == null ? null : stored.kept(wantedBack).orElse(null);
            if (before != null) {
                before = new Entry(before.id(), StoredDefinitions.bringBack(before.document()));
                kept.put(key, before.id().toString());
            }
        }
        ObjectNode wanted = document == null ? Customisation.empty(entity) : document;
        PlacedDocument placed = new PlacedDocument(this, entity, before == null ? null : before.document(), wanted);
        changed.add(new Entry(before == null ? id(entity) : before.id(), placed.fields(changes)));
    }

    private UUID id(String entity) {
        return snapshot.entities().stream()
                .filter(one -> !one.custom() && one.key().equals(entity))
                .map(EntityDefinition::id)
                .findFirst()
                .orElseGet(ids::next);
    }
}
