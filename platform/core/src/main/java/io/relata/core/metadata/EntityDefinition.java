package io.relata.core.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One kind of record.
///
/// @param id        stored with every record; for a managed entity derived from its key, so equal everywhere
/// @param key       the component key, for example `sales.opportunity`; a tenant's own entity: its name
/// @param name      unique in the tenant, for example `opportunity`; a tenant's own begins with `c_`
/// @param setName   the plural under which the API serves the records
/// @param plugin    the plugin it comes from; `null` for a tenant's own
/// @param family    names the record table, `record_<family>`
/// @param nameField the text field that names a record to people
/// @param actions   what its plugin can do to a record
public record EntityDefinition(
        UUID id,
        String key,
        String name,
        String setName,
        @Nullable String plugin,
        String family,
        LocalizedText label,
        LocalizedText pluralLabel,
        @Nullable String icon,
        String nameField,
        List<FieldDefinition> fields,
        List<View> views,
        Layout layout,
        List<ActionDefinition> actions) {

    /// The family of all entities without a record table of their own.
    public static final String SHARED_FAMILY = "shared";

    public EntityDefinition {
        fields = List.copyOf(fields);
        views = List.copyOf(views);
        actions = List.copyOf(actions);
    }

    /// An entity without actions.
    public EntityDefinition(
            UUID id,
            String key,
            String name,
            String setName,
            @Nullable String plugin,
            String family,
            LocalizedText label,
            LocalizedText pluralLabel,
            @Nullable String icon,
            String nameField,
            List<FieldDefinition> fields,
            List<View> views,
            Layout layout) {
        this(
                id,
                key,
                name,
                setName,
                plugin,
                family,
                label,
                pluralLabel,
                icon,
                nameField,
                fields,
                views,
                layout,
                List.of());
    }

    /// Returns whether the tenant made this entity itself.
    public boolean custom() {
        return plugin == null;
    }

    /// Returns the record table.
    public String table() {
        return "record_" + family;
    }

    /// Returns this entity with other fields and layout.
    EntityDefinition with(List<FieldDefinition> newFields, List<View> newViews, Layout newLayout) {
        return new EntityDefinition(
                id,
                key,
                name,
                setName,
                plugin,
                family,
                label,
                pluralLabel,
                icon,
                nameField,
                newFields,
                newViews,
                newLayout,
                actions);
    }

    public Optional<FieldDefinition> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /// Returns the fields by the property name the API uses.
    public Map<String, FieldDefinition> byProperty() {
        Map<String, FieldDefinition> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.property(), field));
        return properties;
    }

    /// Returns the action with the name.
    public Optional<ActionDefinition> action(String actionName) {
        return actions.stream()
                .filter(action -> action.name().equals(actionName))
                .findFirst();
    }
}
