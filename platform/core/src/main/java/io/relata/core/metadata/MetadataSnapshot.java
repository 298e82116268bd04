package io.relata.core.metadata;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// Everything a tenant's metadata says at one version. Immutable: a request works on one snapshot from
/// beginning to end, whatever changes meanwhile.
public final class MetadataSnapshot {

    /// Stands in the audit trail for changes of definitions.
    public static final UUID AUDITED = SolutionReader.managedId("relata.entityDefinition");

    /// As many ways to see it are kept; each way is a set of roles.
    private static final int MOST_SEEN = 64;

    private final UUID tenant;
    private final long version;
    private final Map<String, EntityDefinition> byName = new LinkedHashMap<>();
    private final Map<String, EntityDefinition> bySetName = new LinkedHashMap<>();
    private final List<NavigationArea> navigation;
    private final Set<String> plugins;
    private final RollUps rollUps;
    private final Map<String, List<Relationship>> pointingTo;
    private final Map<String, List<LinkedCollection>> linkedTo;
    private final boolean restricted;
    private final Map<Object, MetadataSnapshot> seen = new ConcurrentHashMap<>();

    public MetadataSnapshot(
            UUID tenant, long version, Collection<EntityDefinition> entities, List<NavigationArea> navigation) {
        this(tenant, version, entities, navigation, pluginsOf(entities));
    }

    /// @param plugins the plugins that the tenant has, those without entities included
    public MetadataSnapshot(
            UUID tenant,
            long version,
            Collection<EntityDefinition> entities,
            List<NavigationArea> navigation,
            Set<String> plugins) {
        this.tenant = tenant;
        this.version = version;
        this.navigation = List.copyOf(navigation);
        this.plugins = Set.copyOf(plugins);
        this.rollUps = new RollUps(entities);
        for (EntityDefinition entity : entities) {
            byName.put(entity.name(), entity);
            bySetName.put(entity.setName(), entity);
        }
        this.pointingTo = Relationship.byTarget(byName);
        this.linkedTo = LinkedCollection.byHolder(byName, pointingTo);
        this.restricted = entities.stream()
                .anyMatch(entity -> entity.fields().stream().anyMatch(field -> field.access() != FieldAccess.UPDATE));
    }

    /// Returns whether some field is not for all who may see its records, whatever their roles say.
    public boolean restricted() {
        return restricted;
    }

    /// Returns the metadata as somebody sees it.
    ///
    /// @param by    decides what may be done with a field; equal ones decide alike
    /// @param given what may be done with a field
    public <T> MetadataSnapshot seen(T by, BiFunction<EntityDefinition, FieldDefinition, FieldAccess> given) {
        MetadataSnapshot known = seen.get(by);
        if (known != null) {
            return known;
        }
        if (seen.size() >= MOST_SEEN) {
            seen.clear();
        }
        return seen.computeIfAbsent(by, key -> new Narrowing(this, given).snapshot());
    }

    public UUID tenant() {
        return tenant;
    }

    public long version() {
        return version;
    }

    public Collection<EntityDefinition> entities() {
        return List.copyOf(byName.values());
    }

    public Optional<EntityDefinition> entity(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<EntityDefinition> entityBySetName(String setName) {
        return Optional.ofNullable(bySetName.get(setName));
    }

    /// Returns the relationships by which records point to records of the entity.
    public List<Relationship> relationshipsTo(String entity) {
        return List.copyOf(pointingTo.getOrDefault(entity, List.of()));
    }

    /// Returns what records of the entity show as collections: those that point to them, and those tied to them.
    public List<RecordCollection> collections(EntityDefinition entity) {
        List<RecordCollection> collections = new ArrayList<>(relationshipsTo(entity.name()));
        collections.addAll(linkedTo.getOrDefault(entity.name(), List.of()));
        return collections;
    }

    /// Returns what the entity shows as a collection of the name.
    public Optional<RecordCollection> collection(EntityDefinition entity, String name) {
        return collections(entity).stream()
                .filter(collection -> collection.name().equals(name))
                .findFirst();
    }

    /// Returns the tenant's roll-ups.
    public RollUps rollUps() {
        return rollUps;
    }

    public List<NavigationArea> navigation() {
        return navigation;
    }

    /// Returns the plugins that the tenant has.
    public Set<String> plugins() {
        return plugins;
    }

    private static Set<String> pluginsOf(Collection<EntityDefinition> entities) {
        Set<String> plugins = new TreeSet<>();
        for (EntityDefinition entity : entities) {
            if (entity.plugin() != null) {
                plugins.add(entity.plugin());
            }
        }
        return plugins;
    }

    /// A titled group of entities in the application's navigation.
    public record NavigationArea(LocalizedText label, List<String> entities) {

        public NavigationArea {
            entities = List.copyOf(entities);
        }
    }
}
