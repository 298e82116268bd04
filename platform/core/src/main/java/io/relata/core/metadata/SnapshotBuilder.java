package io.relata.core.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataSnapshot.NavigationArea;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a tenant's snapshot together: the entities of its plugins, its own fields on them, its own entities.
final class SnapshotBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotBuilder.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PLUGIN_SPACE = 1_000_000;

    private final ManagedSolutions managed;

    SnapshotBuilder(ManagedSolutions managed) {
        this.managed = managed;
    }

    MetadataSnapshot build(UUID tenant, MetadataStore.State state, List<MetadataStore.Row> rows) {
        return build(tenant, state, rows, fault -> LOG.error("Tenant {}: {}", tenant, fault));
    }

    /// @param faults is told of every expression that cannot be used; what has it is left out
    MetadataSnapshot build(
            UUID tenant,
            MetadataStore.State state,
            List<MetadataStore.Row> rows,
            Consumer<FormulaBinder.Fault> faults) {
        List<Solution> solutions = managed.solutions(state.plugins());
        Map<String, EntityDefinition> entities = new LinkedHashMap<>();
        List<NavigationArea> navigation = new ArrayList<>();
        for (Solution solution : solutions) {
            solution.entities().forEach(entity -> entities.put(entity.name(), entity));
            navigation.addAll(solution.navigation());
        }
        Map<String, JsonNode> documents = documents(solutions);
        for (MetadataStore.Row row : rows) {
            add(tenant, row, entities, documents);
        }
        entities.replaceAll((name, entity) -> withoutDangling(entity, entities.keySet()));
        FormulaBinder binder = new FormulaBinder(entities);
        entities.replaceAll((name, entity) -> bound(entity, binder));
        binder.faults().forEach(faults);
        List<EntityDefinition> own =
                entities.values().stream().filter(EntityDefinition::custom).toList();
        Derived.ownEntities(own).ifPresent(navigation::add);
        return Narrowing.withWhatTells(new MetadataSnapshot(
                tenant, version(state, solutions), entities.values(), navigation, state.plugins()));
    }

    static JsonNode tree(MetadataStore.Row row) {
        try {
            return JSON.readTree(row.definition().data());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }

    Map<String, JsonNode> documents(MetadataStore.State state) {
        return documents(managed.solutions(state.plugins()));
    }

    private static Map<String, JsonNode> documents(List<Solution> solutions) {
        Map<String, JsonNode> documents = new HashMap<>();
        solutions.forEach(solution -> documents.putAll(solution.documents()));
        return documents;
    }

    /// A definition that this version cannot read is left out and said so: the rest of the tenant works.
    private static void add(
            UUID tenant,
            MetadataStore.Row row,
            Map<String, EntityDefinition> entities,
            Map<String, JsonNode> documents) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode stored = (ObjectNode) tree(row);
        if (StoredDefinitions.removed(stored)) {
            return;
        }
        JsonNode definition = StoredDefinitions.definition(stored);
        EntityDefinition managed = entities.get(row.name());
        if (!definition.has(Customisation.EXTENDS)) {
            EntityDefinition own = new EntityReader(DefinitionSource.STORED)
                    .read(definition, new EntityReader.Identity(row.id(), null), violations)
                    .entity();
            if (violations.isEmpty()) {
                entities.put(own.name(), withHidden(own, stored, MissingNode.getInstance(), violations));
            }
        } else if (managed != null && managed.plugin() != null) {
            JsonNode base = documents.getOrDefault(managed.key(), MissingNode.getInstance());
            JsonNode whole = Overrides.over(base, definition, false);
            EntityDefinition extended = new EntityReader(DefinitionSource.MERGED)
                    .read(whole, new EntityReader.Identity(managed.id(), managed.plugin()), violations)
                    .entity();
            if (violations.isEmpty()) {
                EntityDefinition indexed = extended.with(copy -> copy.indexes(managed.indexes()));
                entities.put(managed.name(), withHidden(indexed, stored, base, violations));
            }
        }
        if (!violations.isEmpty()) {
            LOG.error("Tenant {}: the definition of {} cannot be read: {}", tenant, row.name(), violations);
        }
    }

    private static EntityDefinition withHidden(
            EntityDefinition entity, ObjectNode stored, JsonNode managed, List<Violation> violations) {
        List<HiddenField> hidden = new ArrayList<>();
        for (JsonNode place : stored.path(StoredDefinitions.HIDDEN)) {
            JsonNode field = Overrides.whole(managed, place.path("field"));
            FieldDefinition read = new FieldReader(DefinitionSource.MERGED)
                    .read(new DefinitionInput(field, place.path("name").asText(), violations))
                    .field();
            hidden.add(new HiddenField(
                    read.with(copy -> copy.name(place.path("name").asText())),
                    place.path("of").asText(),
                    place.path("why").asText().equals(Reshape.FILLING),
                    place.path("why").asText().equals(Reshape.LEFT)));
        }
        return hidden.isEmpty() ? entity : entity.with(copy -> copy.hidden(hidden));
    }

    /// A lookup to an entity that the tenant no longer has is not shown; its values stay stored.
    private static EntityDefinition withoutDangling(EntityDefinition entity, Set<String> entities) {
        Set<String> gone = new HashSet<>();
        for (FieldDefinition field : entity.fields()) {
            if (!field.targets().isEmpty() && field.targets().stream().noneMatch(entities::contains)) {
                gone.add(field.name());
            }
        }
        List<FieldDefinition> fields = entity.fields().stream()
                .filter(field -> !gone.contains(field.name()))
                .map(field -> withTargets(field, entities))
                .toList();
        List<HiddenField> hidden = new ArrayList<>(entity.hidden());
        entity.fields().stream()
                .filter(field -> gone.contains(field.name()))
                .forEach(field -> hidden.add(new HiddenField(
                        field.with(copy -> copy.name(field.name() + "~").member(field.stored())),
                        field.name(),
                        false,
                        false)));
        return with(entity, fields, gone).with(cleaned -> cleaned.hidden(hidden));
    }

    private static FieldDefinition withTargets(FieldDefinition field, Set<String> entities) {
        return field.polymorphic() && !entities.containsAll(field.targets())
                ? field.with(copy -> copy.set(
                        Setting.TARGETS,
                        field.targets().stream().filter(entities::contains).toList()))
                : field;
    }

    private static EntityDefinition bound(EntityDefinition entity, FormulaBinder binder) {
        List<FieldDefinition> fields = binder.fields(entity);
        List<Rule> rules = binder.rules(entity);
        Set<String> gone = new HashSet<>();
        entity.fields().forEach(field -> gone.add(field.name()));
        fields.forEach(field -> gone.remove(field.name()));
        List<HiddenField> hidden = entity.hidden().stream()
                .map(place -> bound(entity, place, binder))
                .toList();
        return with(entity.with(changed -> changed.rules(rules).hidden(hidden)), fields, gone);
    }

    private static HiddenField bound(EntityDefinition entity, HiddenField place, FormulaBinder binder) {
        if (!place.computed()) {
            return place;
        }
        FieldDefinition field = binder.bound(entity, place.field()).orElse(null);
        return field == null
                ? new HiddenField(place.field(), place.of(), false, place.left())
                : new HiddenField(field, place.of(), place.filling(), place.left());
    }

    /// Returns the entity with other fields; views and layout do without those that are gone.
    private static EntityDefinition with(EntityDefinition entity, List<FieldDefinition> fields, Set<String> gone) {
        if (gone.isEmpty()) {
            return entity.with(changed -> changed.fields(fields));
        }
        List<View> views = entity.views().stream()
                .map(view -> new View(
                        view.key(),
                        view.label(),
                        view.kind(),
                        without(view.columns(), gone),
                        view.sort().stream()
                                .filter(sort -> !gone.contains(sort.field()))
                                .toList(),
                        view.groupBy(),
                        view.sum(),
                        view.filter()))
                .toList();
        List<Layout.Section> sections = entity.layout().sections().stream()
                .map(section -> new Layout.Section(section.label(), without(section.fields(), gone)))
                .toList();
        return entity.with(cleaned -> cleaned.fields(fields).views(views).layout(new Layout(sections)));
    }

    private static List<String> without(List<String> names, Set<String> gone) {
        return names.stream().filter(name -> !gone.contains(name)).toList();
    }

    /// The tenant's own version in front, then a mark of the plugins and their versions: either one changes it.
    private static long version(MetadataStore.State state, List<Solution> solutions) {
        StringBuilder plugins = new StringBuilder(state.plugins().toString());
        solutions.forEach(solution -> plugins.append(solution.key()).append('=').append(solution.version()));
        return state.version() * PLUGIN_SPACE + Math.floorMod(plugins.toString().hashCode(), PLUGIN_SPACE);
    }
}
