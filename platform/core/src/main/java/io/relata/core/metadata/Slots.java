package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Shares out the slot columns of a record table.
///
/// On a plugin's entity the upper quarter of each kind is kept for tenants' own fields, so that an upgrade of
/// the plugin never claims a column that a tenant uses.
final class Slots {

    /// The longest text, in characters, that an index row surely holds.
    static final int GREATEST_LENGTH = 600;

    private final Set<String> taken = new HashSet<>();
    private final Map<ValueKind, List<String>> candidates = new EnumMap<>(ValueKind.class);

    private Slots(boolean managed, Collection<FieldDefinition> fields) {
        for (ValueKind kind : ValueKind.values()) {
            List<String> slots = new ArrayList<>(all(kind));
            if (managed) {
                slots.removeAll(ofPlugins(kind));
            }
            candidates.put(kind, slots);
        }
        for (FieldDefinition field : fields) {
            if (field.slot() != null) {
                taken.add(field.slot());
            }
        }
    }

    /// Returns the free slots for a tenant's own fields beside those the entity has.
    static Slots free(boolean managed, Collection<FieldDefinition> fields) {
        return new Slots(managed, fields);
    }

    static List<String> all(ValueKind kind) {
        return IntStream.rangeClosed(1, kind.slots()).mapToObj(kind::slot).toList();
    }

    /// Returns the slots that a plugin may pin.
    static List<String> ofPlugins(ValueKind kind) {
        int tenants = (kind.slots() + 3) / 4;
        return all(kind).subList(0, kind.slots() - tenants);
    }

    /// Returns the slots of a plugin's entity that are kept for tenants' own fields.
    static List<String> ofTenants(ValueKind kind) {
        return all(kind).subList(ofPlugins(kind).size(), kind.slots());
    }

    /// Returns whether the field's values fit into a slot and its index.
    static boolean fits(FieldDefinition field) {
        return field.type().canBeIndexed() && field.maxLength() <= GREATEST_LENGTH;
    }

    /// Says that the slot is in use besides; an empty name says nothing.
    void occupy(String slot) {
        taken.add(slot);
    }

    /// Takes a free slot of the kind.
    Optional<String> take(ValueKind kind) {
        Optional<String> free = candidates.getOrDefault(kind, List.of()).stream()
                .filter(slot -> !taken.contains(slot))
                .findFirst();
        free.ifPresent(taken::add);
        return free;
    }
}
