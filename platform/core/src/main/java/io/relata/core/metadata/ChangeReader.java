package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings changes into a customisation: those that an administrator wrote down one by one, or a diff.
///
/// `{"op": "add", "component": "c_visit.c_day", "value": {…}}`; `change` names the properties that become different,
/// with `null` for those that go; `remove` has no value.
final class ChangeReader {

    private static final int MOST_CHANGES = 5_000;

    private final Customisation target;
    private final MetadataSnapshot snapshot;
    private final List<Violation> violations;

    ChangeReader(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
        this.target = target;
        this.snapshot = snapshot;
        this.violations = violations;
    }

    void read(JsonNode changes) {
        if (!changes.isArray() || changes.isEmpty() || changes.size() > MOST_CHANGES) {
            violations.add(
                    changes.size() > MOST_CHANGES
                            ? Violation.of("changes", "list-too-long", MOST_CHANGES)
                            : Violation.of("changes", changes.isArray() ? "required" : "expects-list"));
            return;
        }
        int index = 0;
        for (JsonNode change : changes) {
            read(new DefinitionInput(change, "changes[" + index++ + "]", violations), change);
        }
    }

    private void read(DefinitionInput input, JsonNode change) {
        String operation = input.text("op");
        ComponentKey key = key(input);
        JsonNode value = change.path("value");
        input.has("value");
        input.done();
        if (key == null) {
            return;
        }
        boolean valued = operation.equals("add") || operation.equals("change");
        if (!valued && !operation.equals("remove")) {
            input.reject("op", "change-op");
        } else if (valued && !value.isObject()) {
            input.reject("value", "expects-object");
        } else {
            apply(input, operation, key, value);
        }
    }

    private void apply(DefinitionInput input, String operation, ComponentKey key, JsonNode value) {
        boolean there = exists(key);
        switch (operation) {
            case "add" -> {
                if (there) {
                    input.reject("component", "component-exists", key);
                } else {
                    add(key, (ObjectNode) value);
                }
            }
            case "change" -> {
                if (there) {
                    target.put(key, merged(key, (ObjectNode) value), -1);
                } else {
                    input.reject("component", "component-unknown", key);
                }
            }
            default -> {
                if (target.component(key).isPresent()) {
                    target.remove(key);
                } else {
                    input.reject("component", there ? "component-managed" : "component-unknown", key);
                }
            }
        }
    }

    /// An entity comes with all its parts; a part of it says no name of its own besides the component's.
    private void add(ComponentKey key, ObjectNode value) {
        if (key.part() == ComponentKey.Part.ENTITY) {
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("name", key.entity());
            target.put(key.entity(), document.setAll(value));
        } else {
            target.put(key, bare(value), -1);
        }
    }

    private static ObjectNode bare(ObjectNode value) {
        ObjectNode copy = value.deepCopy();
        copy.remove(List.of("name", "key"));
        return copy;
    }

    private ObjectNode merged(ComponentKey key, ObjectNode patch) {
        ObjectNode merged = target.component(key).orElseGet(JsonNodeFactory.instance::objectNode);
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                merged.remove(member.getKey());
            } else {
                merged.set(member.getKey(), member.getValue());
            }
        });
        return merged;
    }

    private @Nullable ComponentKey key(DefinitionInput input) {
        String text = input.text("component");
        if (text.isEmpty()) {
            return null;
        }
        ComponentKey key = ComponentKey.parse(text).orElse(null);
        if (key == null) {
            input.reject("component", "component-invalid");
        }
        return key;
    }

    /// Of a managed entity those components are there that its plugin has, and those that the tenant put to it.
    private boolean exists(ComponentKey key) {
        if (target.component(key).isPresent()) {
            return true;
        }
        EntityDefinition managed = managed(key.entity());
        if (managed == null) {
            return false;
        }
        return switch (key.part()) {
            case ENTITY, LAYOUT -> true;
            case FIELD -> managed.field(key.name()).isPresent() && !ComponentKey.isOwn(key.name());
            case VIEW -> managed.views().stream().anyMatch(view -> view.key().equals(key.name()));
        };
    }

    private @Nullable EntityDefinition managed(String entity) {
        return snapshot.entities().stream()
                .filter(one -> !one.custom() && one.key().equals(entity))
                .findFirst()
                .orElse(null);
    }

    /// Does what the diff says, as far as nobody changed the same in between.
    void apply(MetadataDiff diff) {
        Customisation current = target.copy();
        for (MetadataDiff.Change change : diff.changes()) {
            ObjectNode now = current.component(change.component()).orElse(null);
            ObjectNode before = change.before();
            ObjectNode after = change.after();
            boolean same = before == null ? now == null : before.equals(now);
            if (!same) {
                violations.add(Violation.of(change.component().toString(), "changed-since"));
            } else if (after == null) {
                target.remove(change.component());
            } else {
                target.put(change.component(), after, change.place());
            }
        }
    }
}
