package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Setting;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Lookups to one of several entities: of which one a record is, is found out and kept beside its id.
final class PolymorphicReferences {

    private PolymorphicReferences() {}

    /// Says of each draft to what its lookup points, and adds a violation where that is nothing; one statement for each
    /// entity it may point to.
    static void check(WriteTransaction tx, List<RecordDraft> drafts, FieldDefinition lookup) {
        Set<UUID> wanted = new HashSet<>();
        for (RecordDraft draft : drafts) {
            if (draft.changed(lookup) && draft.value(lookup) instanceof UUID id) {
                wanted.add(id);
            }
        }
        Map<UUID, String> types = types(tx, lookup, wanted);
        FieldDefinition type =
                drafts.getFirst().entity().field(typeField(lookup)).orElse(null);
        for (RecordDraft draft : drafts) {
            if (draft.changed(lookup)) {
                String found = draft.value(lookup) instanceof UUID id ? types.get(id) : null;
                if (type != null) {
                    draft.set(type, found);
                }
                if (found == null && draft.value(lookup) != null) {
                    draft.reject(lookup.property(), "lookup-missing");
                }
            }
        }
    }

    private static Map<UUID, String> types(WriteTransaction tx, FieldDefinition lookup, Set<UUID> wanted) {
        Map<UUID, String> types = new HashMap<>();
        if (!wanted.isEmpty()) {
            lookup.targets().stream()
                    .flatMap(name -> tx.snapshot().entity(name).stream())
                    .forEach(entity ->
                            References.readable(tx, entity, wanted).forEach(id -> types.put(id, entity.name())));
        }
        return types;
    }

    static String typeField(FieldDefinition lookup) {
        return String.valueOf(lookup.settings().get(Setting.TYPE_FIELD));
    }

    /// Returns the entity of the record to which a lookup points.
    static Optional<EntityDefinition> target(
            MetadataSnapshot snapshot, FieldDefinition lookup, Map<String, @Nullable Object> values) {
        Object name = lookup.polymorphic() ? values.get(typeField(lookup)) : lookup.target();
        return name == null ? Optional.empty() : snapshot.entity(name.toString());
    }
}
