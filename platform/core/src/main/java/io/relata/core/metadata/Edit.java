package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What somebody wants to be different in a tenant's metadata, in one of the forms in which it can be said.
public abstract class Edit {

    private Edit() {}

    /// Brings it into the customisation.
    ///
    /// @return what of it asks for hidden values back; `null` when nothing does
    abstract @Nullable MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations);

    /// Refuses when something is wrong, in terms of what was said.
    void refuse(Violations violations, Customisation target) {
        violations.refuse(target);
    }

    /// Changes written down one by one, as [ChangeReader] describes them.
    public static Edit changes(JsonNode changes) {
        return new Edit() {
            @Override
            @Nullable
            MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
                new ChangeReader(target, snapshot, violations).read(changes);
                return null;
            }
        };
    }

    /// Files of a solution.
    ///
    /// @param files    by path below the solution's root
    /// @param complete whether what is in none of the files goes
    public static Edit files(Map<String, JsonNode> files, boolean complete) {
        return new Edit() {
            @Override
            @Nullable
            MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
                SortedMap<String, ObjectNode> documents = SolutionFiles.documents(files, violations);
                for (JsonNode plugin : files.getOrDefault(SolutionFiles.SOLUTION, MissingNode.getInstance())
                        .path("requires")) {
                    if (!snapshot.plugins().contains(plugin.asText())) {
                        violations.add(Violation.of(SolutionFiles.SOLUTION, "plugin-missing", plugin.asText()));
                    }
                }
                if (complete) {
                    target.entities().stream()
                            .filter(entity -> !documents.containsKey(entity))
                            .forEach(target::drop);
                }
                documents.forEach((entity, document) -> take(target, entity, document, complete, violations));
                return null;
            }
        };
    }

    private static void take(
            Customisation target, String entity, ObjectNode document, boolean complete, List<Violation> violations) {
        boolean named = document.path(document.has(Customisation.EXTENDS) ? Customisation.EXTENDS : "name")
                .asText()
                .equals(entity);
        if (!named) {
            violations.add(Violation.of("entities/" + entity + ".json", "file-name-differs", entity));
        } else if (complete || target.document(entity).isEmpty()) {
            target.put(entity, document);
        } else {
            Customisation.of(Map.of(entity, document))
                    .components()
                    .forEach((key, properties) -> target.put(key, properties, -1));
        }
    }

    /// What a diff says, as far as nobody changed the same since.
    public static Edit diff(MetadataDiff diff) {
        return new Edit() {
            @Override
            MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
                new ChangeReader(target, snapshot, violations).apply(diff);
                return diff;
            }
        };
    }

    /// A new entity.
    ///
    /// @param definition as in a solution file, without what the platform decides: `setName`, `family`, slots;
    ///                   a field's `indexed` asks for a slot or against one
    public static Edit newEntity(JsonNode definition) {
        return new Edit() {
            @Override
            @Nullable
            MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
                if (!(definition instanceof ObjectNode document)) {
                    violations.add(Violation.of(null, "expects-object"));
                    return null;
                }
                String name = document.path("name").asText();
                if (target.document(name).isPresent()) {
                    violations.add(Violation.of("name", "name-duplicate", name));
                } else {
                    target.put(name, document);
                }
                return null;
            }

            @Override
            void refuse(Violations violations, Customisation target) {
                violations.refuseBelow("");
            }
        };
    }

    /// A new field of an entity, the tenant's own or a plugin's.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY when it is brought in
    public static Edit newField(String entityName, JsonNode definition) {
        return new Edit() {
            private String path = "";

            @Override
            @Nullable
            MetadataDiff into(Customisation target, MetadataSnapshot snapshot, List<Violation> violations) {
                EntityDefinition entity = snapshot.entity(entityName)
                        .orElseThrow(
                                () -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", entityName));
                ObjectNode document = target.document(entity.key())
                        .map(ObjectNode::deepCopy)
                        .orElseGet(() -> Customisation.empty(entity.key()));
                ArrayNode fields =
                        document.path("fields") instanceof ArrayNode array ? array : document.putArray("fields");
                path = "fields[" + fields.size() + "]";
                String name = definition.path("name").asText();
                if (!definition.isObject()) {
                    violations.add(Violation.of(null, "expects-object"));
                } else if (entity.field(name).isPresent()) {
                    violations.add(Violation.of("name", "name-duplicate", name));
                } else if (!ComponentKey.isOwn(name)) {
                    DefinitionInput input = new DefinitionInput(definition, "", violations);
                    new FieldReader(DefinitionSource.ADMINISTRATOR).read(input);
                } else {
                    fields.add(definition);
                    target.put(entity.key(), document);
                }
                return null;
            }

            @Override
            void refuse(Violations violations, Customisation target) {
                violations.refuseBelow(path);
            }
        };
    }
}
