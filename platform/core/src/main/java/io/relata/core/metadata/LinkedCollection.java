package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The records that are tied to a record by those of a [Link], seen from that record across the link.
///
/// @param name under which they are shown
/// @param from the entity at the far end
/// @param link whose records tie
/// @param near the link's lookup to the record from which they are seen
/// @param far  the link's lookup to them
public record LinkedCollection(
        String name, EntityDefinition from, EntityDefinition link, FieldDefinition near, FieldDefinition far)
        implements RecordCollection {

    /// Returns under which name the records at the far end show those at the near one.
    public String partner() {
        Link ends = link.link();
        if (ends == null) {
            throw new IllegalStateException("No link: " + link.name());
        }
        return ends.one().lookup().equals(far.name())
                ? ends.one().collection()
                : ends.other().collection();
    }

    /// Returns the collections by the name of the entity from which they are seen. One whose name that entity uses
    /// otherwise by now is not shown.
    static Map<String, List<LinkedCollection>> byHolder(
            Map<String, EntityDefinition> entities, Map<String, List<Relationship>> relationships) {
        Map<String, List<LinkedCollection>> byHolder = new HashMap<>();
        for (EntityDefinition link : entities.values()) {
            for (LinkedCollection collection : of(link, entities)) {
                EntityDefinition holder =
                        entities.get(String.valueOf(collection.near().target()));
                if (holder != null && !taken(holder, collection.name(), relationships)) {
                    byHolder.computeIfAbsent(holder.name(), name -> new ArrayList<>())
                            .add(collection);
                }
            }
        }
        return byHolder;
    }

    private static List<LinkedCollection> of(EntityDefinition link, Map<String, EntityDefinition> entities) {
        Link ends = link.link();
        if (ends == null) {
            return List.of();
        }
        return Stream.of(seen(link, ends.one(), ends.other(), entities), seen(link, ends.other(), ends.one(), entities))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<LinkedCollection> seen(
            EntityDefinition link, Link.End near, Link.End far, Map<String, EntityDefinition> entities) {
        FieldDefinition nearLookup = link.field(near.lookup()).orElse(null);
        FieldDefinition farLookup = link.field(far.lookup()).orElse(null);
        EntityDefinition from =
                farLookup == null || farLookup.target() == null ? null : entities.get(farLookup.target());
        return nearLookup == null || farLookup == null || from == null
                ? Optional.empty()
                : Optional.of(new LinkedCollection(near.collection(), from, link, nearLookup, farLookup));
    }

    /// Returns whether the entity uses the name for something else.
    static boolean taken(EntityDefinition holder, String name, Map<String, List<Relationship>> relationships) {
        return holder.fields().stream()
                        .anyMatch(field ->
                                field.name().equals(name) || field.property().equals(name))
                || FieldDefinition.RESERVED.contains(name)
                || relationships.getOrDefault(holder.name(), List.of()).stream()
                        .anyMatch(relationship -> relationship.name().equals(name));
    }

    /// Returns at which ends of the link the collections' names clash with others of the entities that show them.
    static List<Integer> clashes(EntityDefinition link, Map<String, EntityDefinition> entities) {
        Map<String, List<Relationship>> relationships = Relationship.byTarget(entities);
        List<LinkedCollection> others = entities.values().stream()
                .filter(other -> !other.name().equals(link.name()))
                .flatMap(other -> of(other, entities).stream())
                .toList();
        List<Integer> clashes = new ArrayList<>();
        List<LinkedCollection> own = of(link, entities);
        for (int i = 0; i < own.size(); i++) {
            LinkedCollection collection = own.get(i);
            EntityDefinition holder =
                    entities.get(String.valueOf(collection.near().target()));
            boolean clash = holder != null
                    && (taken(holder, collection.name(), relationships)
                            || others.stream()
                                    .anyMatch(other -> other.name().equals(collection.name())
                                            && String.valueOf(other.near().target())
                                                    .equals(holder.name())));
            if (clash) {
                clashes.add(i);
            }
        }
        return clashes;
    }
}
