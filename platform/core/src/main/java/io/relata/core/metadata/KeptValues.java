package io.relata.core.metadata;

import java.util.List;

/// Values that nothing shows any more, and that come back when the change is taken back which hid them.
///
/// @param field   whose they were
/// @param place   where they are
/// @param members of the document in which older values of the field may stand besides
/// @param going   whether they are being taken away
public record KeptValues(ComponentKey field, String place, List<String> members, boolean going) {

    public KeptValues {
        members = List.copyOf(members);
    }
}
