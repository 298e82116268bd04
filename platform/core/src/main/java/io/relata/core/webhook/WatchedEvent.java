package io.relata.core.webhook;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A sort of change that a webhook is told of, by its name: `account.created`, `account.updated`, `account.deleted`,
/// `account.restored`, `account.field_updated.phone`, or `account.*` for the first four.
///
/// @param action   `create`, `update`, `delete`, `restore`; `*` for any of them
/// @param property the field that must have changed, as the API calls it; `null` for any
record WatchedEvent(String entity, String action, @Nullable String property) {

    static final String ANY = "*";

    private static final String FIELD = "field_updated";
    private static final Map<String, String> ACTIONS =
            Map.of("created", "create", "updated", "update", "deleted", "delete", "restored", "restore", ANY, ANY);

    /// Returns the event that a name stands for; nothing when it is none.
    static Optional<WatchedEvent> read(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length == 2 && ACTIONS.containsKey(parts[1])) {
            return Optional.of(new WatchedEvent(parts[0], ACTIONS.get(parts[1]), null));
        }
        return parts.length == 3 && parts[1].equals(FIELD)
                ? Optional.of(new WatchedEvent(parts[0], "update", parts[2]))
                : Optional.empty();
    }

    /// Returns what a message calls the change.
    static String type(String entity, String action) {
        return ACTIONS.entrySet().stream()
                .filter(one -> one.getValue().equals(action))
                .map(one -> entity + "." + one.getKey())
                .findFirst()
                .orElse(entity + "." + action);
    }

    /// Returns whether the tenant has what the name speaks of.
    boolean known(MetadataSnapshot snapshot) {
        return snapshot.entity(entity)
                .filter(found -> property == null || field(found).isPresent())
                .isPresent();
    }

    /// @param changed the names of the fields that changed
    boolean matches(EntityDefinition changedEntity, String happened, Set<String> changed) {
        if (!entity.equals(changedEntity.name()) || !(action.equals(ANY) || action.equals(happened))) {
            return false;
        }
        return property == null
                || field(changedEntity)
                        .filter(one -> changed.contains(one.name()))
                        .isPresent();
    }

    private Optional<FieldDefinition> field(EntityDefinition definition) {
        return definition.fields().stream()
                .filter(one -> one.property().equals(property))
                .findFirst();
    }
}
