package io.relata.core.metadata;

import java.util.List;

/// Values that nothing shows any more, and that come back when the change is taken back which hid them.
///
/// @param field   whose they were: a field, or a whole entity
/// @param place   where they are; of an entity its id
/// @param members of the document in which older values of the field may stand besides
/// @param going   whether they are being taken away
public record KeptValues(ComponentKey field, String place, List<String> members, boolean going) {

    public KeptValues {
        members = List.copyOf(members);
    }

    static KeptValues ofEntity(ComponentKey entity, String id, boolean going) {
        return new KeptValues(entity, id, List.of(), going);
    }

    /// Returns whether they are all records of an entity.
    public boolean records() {
        return field.part() == ComponentKey.Part.ENTITY;
    }
}
