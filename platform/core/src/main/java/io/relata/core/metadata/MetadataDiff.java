package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is different between two states of a tenant's metadata, component by component. It can be read as what is
/// to be done to get from the first to the second, and turned around.
public record MetadataDiff(List<Change> changes) {

    public MetadataDiff {
        changes = List.copyOf(changes);
    }

    /// What happens to a component.
    public enum Operation {
        ADD,
        CHANGE,
        REMOVE
    }

    /// One component that differs.
    ///
    /// @param before its properties; `null` when it is added
    /// @param after  its properties; `null` when it is removed
    /// @param place  where a field or view stood or goes among the entity's; -1 at the end
    /// @param kept   under which name the values of what is removed are kept, or are found again when it is added
    public record Change(
            Operation operation,
            ComponentKey component,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after,
            int place,
            @Nullable String kept) {

        /// Returns the properties that differ.
        public List<Property> properties() {
            Set<String> names = new TreeSet<>();
            ObjectNode nothing = JsonNodeFactory.instance.objectNode();
            ObjectNode old = before == null ? nothing : before;
            ObjectNode fresh = after == null ? nothing : after;
            old.fieldNames().forEachRemaining(names::add);
            fresh.fieldNames().forEachRemaining(names::add);
            return names.stream()
                    .filter(name -> !old.path(name).equals(fresh.path(name)))
                    .map(name -> new Property(name, old.get(name), fresh.get(name)))
                    .toList();
        }

        /// Returns whether the property differs.
        public boolean touches(String property) {
            return properties().stream().anyMatch(one -> one.name().equals(property));
        }

        Change keeping(@Nullable String name) {
            return new Change(operation, component, before, after, place, name);
        }

        private Change inverse() {
            Operation opposite = switch (operation) {
                case ADD -> Operation.REMOVE;
                case CHANGE -> Operation.CHANGE;
                case REMOVE -> Operation.ADD;
            };
            return new Change(opposite, component, after, before, place, kept);
        }
    }

    /// One property that differs.
    public record Property(
            String name, @Nullable JsonNode old, @Nullable JsonNode fresh) {}

    static MetadataDiff between(Customisation before, Customisation after) {
        Map<ComponentKey, ObjectNode> old = before.components();
        Map<ComponentKey, ObjectNode> fresh = after.components();
        List<Change> changes = new ArrayList<>();
        fresh.forEach((key, properties) -> {
            ObjectNode was = old.get(key);
            if (was == null) {
                changes.add(new Change(Operation.ADD, key, null, properties, after.place(key), null));
            } else if (!was.equals(properties)) {
                changes.add(new Change(Operation.CHANGE, key, was, properties, -1, null));
            }
        });
        old.forEach((key, properties) -> {
            if (!fresh.containsKey(key)) {
                changes.add(new Change(Operation.REMOVE, key, properties, null, before.place(key), null));
            }
        });
        return new MetadataDiff(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// Returns what takes this back, in the order in which it can be done.
    public MetadataDiff inverse() {
        List<Change> all = new ArrayList<>(changes.stream().map(Change::inverse).toList());
        all.sort(Comparator.comparing((Change change) -> change.operation() == Operation.REMOVE)
                .thenComparing(change -> change.component().entity())
                .thenComparing(change -> change.component().part())
                .thenComparingInt(Change::place));
        return new MetadataDiff(all);
    }
}
