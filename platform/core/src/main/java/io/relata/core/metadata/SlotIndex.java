package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The index of one slot of a record table.
///
/// @param table the record table
public record SlotIndex(String table, String slot) implements TableIndex {

    /// Returns the indexes that the families' tables have: those of the slots that fields of the solutions want
    /// indexed,
    /// and of those that are kept for tenants' own fields. For other slots no write pays.
    public static List<SlotIndex> of(Collection<String> families, Collection<Solution> solutions) {
        List<SlotIndex> indexes = new ArrayList<>();
        for (String family : families) {
            Set<String> slots = new TreeSet<>();
            boolean shared = family.equals(EntityDefinition.SHARED_FAMILY);
            for (ValueKind kind : ValueKind.values()) {
                slots.addAll(shared ? Slots.all(kind) : Slots.ofTenants(kind));
            }
            solutions.stream()
                    .flatMap(solution -> solution.entities().stream())
                    .filter(entity -> entity.family().equals(family))
                    .flatMap(entity -> entity.fields().stream())
                    .filter(FieldDefinition::indexed)
                    .flatMap(field -> Stream.ofNullable(field.slot()))
                    .forEach(slots::add);
            slots.forEach(slot -> indexes.add(new SlotIndex("record_" + family, slot)));
        }
        return indexes;
    }

    @Override
    public String name() {
        return table + "_" + slot;
    }

    @Override
    public String creation() {
        return "create index concurrently if not exists %1$s on relata.%2$s (tenant_id, entity_id, %3$s, id) where %3$s is not null"
                .formatted(name(), table, slot);
    }
}
