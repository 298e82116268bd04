package io.relata.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// The users whom somebody leads.
///
/// @param direct  who name the user as their manager
/// @param further whom those lead, and so on
public record Reports(List<UUID> direct, List<UUID> further) {

    /// Of who leads nobody.
    public static final Reports NONE = new Reports(List.of(), List.of());

    public Reports {
        direct = List.copyOf(direct);
        further = List.copyOf(further);
    }

    /// Returns those whose records the manager reaches: all for reading, the direct ones for changing, none for
    /// anything else.
    public List<UUID> reached(Privilege privilege) {
        return switch (privilege) {
            case READ -> {
                List<UUID> all = new ArrayList<>(direct);
                all.addAll(further);
                yield all;
            }
            case UPDATE -> direct;
            default -> List.of();
        };
    }
}
