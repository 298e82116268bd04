package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a lookup makes between two entities: records of one point to records of the other.
///
/// @param name under which the entity that is pointed to shows the records that point: a collection
/// @param from whose records point
public record Relationship(String name, EntityDefinition from, FieldDefinition lookup) implements RecordCollection {

    private static final String CUSTOM = "c_";

    /// Returns what becomes of the records that point when the one they point to is deleted.
    public DeleteBehaviour onDelete() {
        return lookup.onDelete();
    }

    /// Returns the relationships by the name of the entity that is pointed to.
    static Map<String, List<Relationship>> byTarget(Map<String, EntityDefinition> entities) {
        Map<String, List<Relationship>> byTarget = new HashMap<>();
        for (EntityDefinition from : entities.values()) {
            for (FieldDefinition lookup : from.fields()) {
                for (String name : lookup.targets()) {
                    EntityDefinition target = entities.get(name);
                    if (target != null) {
                        byTarget.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(new Relationship(name(from, lookup, target), from, lookup));
                    }
                }
            }
        }
        return byTarget;
    }

    /// The name depends on nothing but the lookup and the entity it points to, so that no other lookup that is added
    /// changes it: the set's name where the lookup is named like its target (`opportunities`), else with the lookup's
    /// name behind it (`accounts_parent`), as also where the target has something of that name itself.
    private static String name(EntityDefinition from, FieldDefinition lookup, EntityDefinition target) {
        boolean obvious = from.custom()
                ? bare(lookup.name()).equals(bare(target.name()))
                : lookup.name().equals(target.name());
        boolean taken = target.fields().stream()
                .anyMatch(field ->
                        field.name().equals(from.setName()) || field.property().equals(from.setName()));
        return obvious && !taken ? from.setName() : from.setName() + "_" + lookup.name();
    }

    private static String bare(String name) {
        return name.startsWith(CUSTOM) ? name.substring(CUSTOM.length()) : name;
    }
}
