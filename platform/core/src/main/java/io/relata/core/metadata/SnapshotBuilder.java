package io.relata.core.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.MetadataSnapshot.NavigationArea;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a tenant's snapshot together: the entities of its plugins, its own fields on them, its own entities.
final class SnapshotBuilder {

    /// Tells the definition of own fields on a plugin's entity from that of an own entity.
    static final String EXTENDS = "extends";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotBuilder.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long PLUGIN_SPACE = 1_000_000;

    private final ManagedSolutions managed;

    SnapshotBuilder(ManagedSolutions managed) {
        this.managed = managed;
    }

    MetadataSnapshot build(UUID tenant, MetadataStore.State state, List<MetadataStore.Row> rows) {
        List<Solution> solutions = managed.solutions(state.plugins());
        Map<String, EntityDefinition> entities = new LinkedHashMap<>();
        List<NavigationArea> navigation = new ArrayList<>();
        for (Solution solution : solutions) {
            solution.entities().forEach(entity -> entities.put(entity.name(), entity));
            navigation.addAll(solution.navigation());
        }
        for (MetadataStore.Row row : rows) {
            add(tenant, row, entities);
        }
        entities.replaceAll((name, entity) -> withoutDangling(entity, entities.keySet()));
        List<EntityDefinition> own =
                entities.values().stream().filter(EntityDefinition::custom).toList();
        Derived.ownEntities(own).ifPresent(navigation::add);
        return new MetadataSnapshot(tenant, version(state, solutions), entities.values(), navigation, state.plugins());
    }

    static JsonNode tree(MetadataStore.Row row) {
        try {
            return JSON.readTree(row.definition().data());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }

    /// A definition that this version cannot read is left out and said so: the rest of the tenant works.
    private static void add(UUID tenant, MetadataStore.Row row, Map<String, EntityDefinition> entities) {
        List<Violation> violations = new ArrayList<>();
        JsonNode definition = tree(row);
        EntityReader reader = new EntityReader(DefinitionSource.STORED);
        EntityDefinition managed = entities.get(row.name());
        if (!definition.has(EXTENDS)) {
            EntityDefinition own = reader.read(definition, new EntityReader.Identity(row.id(), null), violations)
                    .entity();
            if (violations.isEmpty()) {
                entities.put(own.name(), own);
            }
        } else if (managed != null) {
            EntityDefinition extended = extend(managed, reader, definition, violations);
            if (violations.isEmpty()) {
                entities.put(managed.name(), extended);
            }
        }
        if (!violations.isEmpty()) {
            LOG.error("Tenant {}: the definition of {} cannot be read: {}", tenant, row.name(), violations);
        }
    }

    private static EntityDefinition extend(
            EntityDefinition managed, EntityReader reader, JsonNode definition, List<Violation> violations) {
        List<FieldDefinition> own =
                reader.readFields(new DefinitionInput(definition, "", violations), Set.of()).stream()
                        .map(FieldReader.Draft::field)
                        .toList();
        List<FieldDefinition> fields = new ArrayList<>(managed.fields());
        fields.addAll(own);
        List<Layout.Section> sections = new ArrayList<>(managed.layout().sections());
        Derived.ownFields(own).ifPresent(sections::add);
        return managed.with(entity -> entity.fields(fields).layout(new Layout(sections)));
    }

    /// A lookup to an entity that the tenant no longer has is not shown; its values stay stored.
    private static EntityDefinition withoutDangling(EntityDefinition entity, Set<String> entities) {
        Set<String> gone = new HashSet<>();
        for (FieldDefinition field : entity.fields()) {
            if (field.target() != null && !entities.contains(field.target())) {
                gone.add(field.name());
            }
        }
        if (gone.isEmpty()) {
            return entity;
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
        List<FieldDefinition> fields = entity.fields().stream()
                .filter(field -> !gone.contains(field.name()))
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
