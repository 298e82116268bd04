package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LinkedCollection;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.geo.SRID;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlAction;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlNavigationPropertyBinding;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlReferentialConstraint;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.apache.olingo.commons.api.edm.provider.CsdlTerm;
import org.jspecify.annotations.Nullable;

/// A tenant's entities in OData's terms: an entity type and set each, lookups as navigation properties in both
/// directions.
final class TenantEdmProvider extends CsdlAbstractEdmProvider {

    static final String NAMESPACE = "Relata";

    /// The action that undoes a delete.
    static final FullQualifiedName RESTORE = new FullQualifiedName(NAMESPACE, "restore");

    private static final FullQualifiedName CONTAINER = new FullQualifiedName(NAMESPACE, "Container");

    /// What is common to the entities of which a lookup points to one; no entity's name begins with a capital.
    private static final FullQualifiedName ANY_ENTITY = new FullQualifiedName(NAMESPACE, "Record");

    /// PostgreSQL keeps microseconds.
    private static final int FRACTION_OF_SECOND = 6;

    private final MetadataSnapshot snapshot;
    private final EdmActions actions;
    private final Set<String> ofSeveral = new HashSet<>();

    TenantEdmProvider(MetadataSnapshot snapshot) {
        this.snapshot = snapshot;
        this.actions = new EdmActions(snapshot);
        snapshot.entities()
                .forEach(entity -> polymorphic(entity).forEach(lookup -> ofSeveral.addAll(lookup.targets())));
    }

    @Override
    public List<CsdlSchema> getSchemas() {
        CsdlSchema schema = new CsdlSchema();
        schema.setNamespace(NAMESPACE);
        List<CsdlEntityType> types =
                new ArrayList<>(snapshot.entities().stream().map(this::type).toList());
        if (!ofSeveral.isEmpty()) {
            types.addFirst(anyEntity());
        }
        schema.setEntityTypes(types);
        schema.setComplexTypes(EdmObjects.ALL);
        schema.setActions(actions.own());
        schema.setEntityContainer(getEntityContainer());
        List<CsdlSchema> schemas = new ArrayList<>(actions.schemas());
        schemas.addFirst(schema);
        return schemas;
    }

    @Override
    public @Nullable CsdlEntityType getEntityType(FullQualifiedName name) {
        if (name.equals(ANY_ENTITY)) {
            return anyEntity();
        }
        return name.getNamespace().equals(NAMESPACE)
                ? snapshot.entity(name.getName()).map(this::type).orElse(null)
                : null;
    }

    @Override
    public @Nullable CsdlComplexType getComplexType(FullQualifiedName name) {
        return EdmObjects.named(name);
    }

    @Override
    public CsdlEntityContainer getEntityContainer() {
        CsdlEntityContainer container = new CsdlEntityContainer();
        container.setName(CONTAINER.getName());
        container.setEntitySets(snapshot.entities().stream().map(this::set).toList());
        return container;
    }

    @Override
    public CsdlEntityContainerInfo getEntityContainerInfo(@Nullable FullQualifiedName name) {
        return new CsdlEntityContainerInfo().setContainerName(CONTAINER);
    }

    @Override
    public @Nullable CsdlEntitySet getEntitySet(FullQualifiedName container, String name) {
        return snapshot.entityBySetName(name).map(this::set).orElse(null);
    }

    @Override
    public List<CsdlAction> getActions(FullQualifiedName name) {
        return actions.named(name);
    }

    @Override
    public @Nullable CsdlTerm getTerm(FullQualifiedName name) {
        return name.equals(EdmKeys.TERM) ? EdmKeys.term() : null;
    }

    private CsdlEntitySet set(EntityDefinition entity) {
        CsdlEntitySet set = new CsdlEntitySet();
        set.setName(entity.setName());
        set.setType(typeName(entity.name()));
        List<CsdlNavigationPropertyBinding> bindings = new ArrayList<>();
        for (FieldDefinition lookup : lookups(entity)) {
            bindings.add(new CsdlNavigationPropertyBinding()
                    .setPath(lookup.name())
                    .setTarget(target(lookup).setName()));
        }
        for (FieldDefinition lookup : polymorphic(entity)) {
            for (String target : lookup.targets()) {
                snapshot.entity(target)
                        .ifPresent(one -> bindings.add(new CsdlNavigationPropertyBinding()
                                .setPath(lookup.name() + "/" + typeName(target).getFullQualifiedNameAsString())
                                .setTarget(one.setName())));
            }
        }
        for (RecordCollection collection : snapshot.collections(entity)) {
            bindings.add(new CsdlNavigationPropertyBinding()
                    .setPath(collection.name())
                    .setTarget(collection.from().setName()));
        }
        set.setNavigationPropertyBindings(bindings);
        return set;
    }

    private CsdlEntityType type(EntityDefinition entity) {
        List<CsdlProperty> properties = new ArrayList<>();
        for (Property property : properties(entity)) {
            properties.add(property(property));
        }
        CsdlEntityType type = new CsdlEntityType();
        type.setName(entity.name());
        if (ofSeveral.contains(entity.name())) {
            type.setBaseType(ANY_ENTITY);
        }
        type.setKey(List.of(new CsdlPropertyRef().setName(Property.OfRecord.ID)));
        type.setProperties(properties);
        type.setAnnotations(EdmKeys.of(entity));
        List<CsdlNavigationProperty> navigations = new ArrayList<>();
        lookups(entity).forEach(lookup -> navigations.add(navigation(entity, lookup)));
        polymorphic(entity)
                .forEach(lookup -> navigations.add(new CsdlNavigationProperty()
                        .setName(lookup.name())
                        .setType(ANY_ENTITY)
                        .setNullable(!lookup.required())));
        snapshot.collections(entity).forEach(collection -> navigations.add(navigation(collection)));
        type.setNavigationProperties(navigations);
        return type;
    }

    private static CsdlNavigationProperty navigation(RecordCollection collection) {
        CsdlNavigationProperty navigation = new CsdlNavigationProperty()
                .setName(collection.name())
                .setType(typeName(collection.from().name()))
                .setCollection(true);
        switch (collection) {
            case Relationship pointing -> {
                if (!pointing.lookup().polymorphic()) {
                    navigation.setPartner(pointing.lookup().name());
                }
            }
            case LinkedCollection linked -> navigation.setPartner(linked.partner());
        }
        return navigation;
    }

    private CsdlNavigationProperty navigation(EntityDefinition entity, FieldDefinition lookup) {
        String partner = snapshot.relationshipsTo(target(lookup).name()).stream()
                .filter(reverse -> reverse.from().name().equals(entity.name())
                        && reverse.lookup().name().equals(lookup.name()))
                .map(Relationship::name)
                .findFirst()
                .orElseThrow();
        return new CsdlNavigationProperty()
                .setPartner(partner)
                .setName(lookup.name())
                .setType(typeName(target(lookup).name()))
                .setNullable(!lookup.required())
                .setReferentialConstraints(List.of(new CsdlReferentialConstraint()
                        .setProperty(lookup.property())
                        .setReferencedProperty(Property.OfRecord.ID)));
    }

    /// Returns the lookups that lead to an entity this tenant has: a plugin may be enabled without another.
    private List<FieldDefinition> lookups(EntityDefinition entity) {
        return entity.fields().stream()
                .filter(field -> field.target() != null
                        && field.type().isLookup()
                        && snapshot.entity(field.target()).isPresent())
                .toList();
    }

    private static CsdlEntityType anyEntity() {
        return new CsdlEntityType().setName(ANY_ENTITY.getName()).setAbstract(true);
    }

    private static List<FieldDefinition> polymorphic(EntityDefinition entity) {
        return entity.fields().stream().filter(FieldDefinition::polymorphic).toList();
    }

    private EntityDefinition target(FieldDefinition lookup) {
        String target = lookup.target();
        if (target == null) {
            throw new IllegalArgumentException("Not a lookup: " + lookup.name());
        }
        return snapshot.entity(target).orElseThrow();
    }

    /// Returns what the API shows of the entity, in order.
    static List<Property> properties(EntityDefinition entity) {
        List<Property> properties = new ArrayList<>();
        properties.add(Property.OfRecord.ALL.getFirst());
        entity.fields().forEach(field -> properties.add(new Property.OfField(field)));
        properties.addAll(Property.OfRecord.ALL.subList(1, Property.OfRecord.ALL.size()));
        return properties;
    }

    private static CsdlProperty property(Property property) {
        CsdlProperty described = new CsdlProperty()
                .setName(property.name())
                .setType(EdmObjects.nameOf(property)
                        .orElseGet(() -> primitive(property).getFullQualifiedName()))
                .setCollection(property.kind() == ValueKind.LIST)
                .setNullable(!(property instanceof Property.OfRecord));
        switch (property.kind()) {
            case DECIMAL -> described.setScale(property.scale());
            case INSTANT -> described.setPrecision(FRACTION_OF_SECOND);
            case POINT -> described.setSrid(SRID.valueOf("4326"));
            case STRING, INTEGER, BOOLEAN, DATE, UUID, LIST, OBJECT, SECRET -> {}
        }
        if (property instanceof Property.OfField of) {
            described.setNullable(!of.field().required() && property.kind() != ValueKind.LIST);
            if (of.field().maxLength() > 0) {
                described.setMaxLength(of.field().maxLength());
            }
        }
        return described;
    }

    private static EdmPrimitiveTypeKind primitive(Property property) {
        return property instanceof Property.OfField of ? EdmTypes.of(of.field()) : EdmTypes.of(property.kind());
    }

    private static FullQualifiedName typeName(String entity) {
        return new FullQualifiedName(NAMESPACE, entity);
    }
}
