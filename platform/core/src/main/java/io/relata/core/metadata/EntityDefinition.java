package io.relata.core.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One kind of record. Made by a [Builder]; a changed copy by [#with].
///
/// @param id        stored with every record; for a managed entity derived from its key, so equal everywhere
/// @param key       the component key, for example `sales.opportunity`; a tenant's own entity: its name
/// @param name      unique in the tenant, for example `opportunity`; a tenant's own begins with `c_`
/// @param setName   the plural under which the API serves the records
/// @param plugin    the plugin it comes from; `null` for a tenant's own
/// @param family    names the record table, `record_<family>`
/// @param nameField the text field that names a record to people
/// @param keys      the fields whose values are unique together; those that are unique alone are not among them
/// @param actions   what its plugin can do to a record
/// @param hidden    places with values that no field shows, kept with every write
/// @param rules     what records must not be
/// @param indexes   the slots of each index over several of the fields
/// @param link      says that each record ties two others together; `null` for all but such entities
/// @param seenOf    the definition of which somebody sees this much; `null` when this is all of it
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
        List<UniqueKey> keys,
        List<View> views,
        Layout layout,
        List<ActionDefinition> actions,
        List<HiddenField> hidden,
        List<Rule> rules,
        List<List<String>> indexes,
        @Nullable Link link,
        @Nullable EntityDefinition seenOf) {

    /// The family of all entities without a record table of their own.
    public static final String SHARED_FAMILY = "shared";

    public EntityDefinition {
        fields = List.copyOf(fields);
        keys = List.copyOf(keys);
        views = List.copyOf(views);
        actions = List.copyOf(actions);
        hidden = List.copyOf(hidden);
        rules = List.copyOf(rules);
        indexes = List.copyOf(indexes);
    }

    /// Begins a definition; names are derived from the name until they are said.
    public static Builder builder(UUID id, String name, LocalizedText label) {
        return new Builder(id, name, label);
    }

    /// Returns a copy with changes.
    public EntityDefinition with(UnaryOperator<Builder> changes) {
        return changes.apply(new Builder(this)).build();
    }

    /// Returns the definition with what the caller who sees this one may not see.
    public EntityDefinition whole() {
        return seenOf == null ? this : seenOf;
    }

    /// Returns whether the tenant made this entity itself.
    public boolean custom() {
        return plugin == null;
    }

    /// Returns the record table.
    public String table() {
        return "record_" + family;
    }

    public Optional<FieldDefinition> field(String fieldName) {
        return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
    }

    /// Returns whether an index finds records by the field: its own, or one over several fields that begins with it.
    public boolean indexed(FieldDefinition field) {
        return field.indexed()
                || indexes.stream().anyMatch(slots -> slots.getFirst().equals(field.slot()));
    }

    /// Returns all that is unique: fields alone, fields together, and the pair that a record ties together.
    public List<UniqueKey> uniqueKeys() {
        List<FieldDefinition> ends = ends();
        Stream<UniqueKey> pair = ends.size() == 2 ? Stream.of(new UniqueKey(Link.PAIR, ends)) : Stream.empty();
        return Stream.of(
                        fields.stream()
                                .filter(field -> field.unique() || field.claiming())
                                .map(field -> new UniqueKey(field.name(), List.of(field))),
                        keys.stream(),
                        pair)
                .flatMap(Function.identity())
                .toList();
    }

    private List<FieldDefinition> ends() {
        return link == null
                ? List.of()
                : link.ends().stream()
                        .flatMap(end -> field(end.lookup()).stream())
                        .toList();
    }

    /// Returns all fields that a record holds values of, hidden ones last.
    public List<FieldDefinition> stored() {
        return hidden.isEmpty()
                ? fields
                : Stream.concat(
                                fields.stream(),
                                hidden.stream().filter(place -> !place.left()).map(HiddenField::field))
                        .toList();
    }

    /// Returns a place that is to be cleared.
    public Optional<HiddenField> left() {
        return hidden.stream().filter(HiddenField::left).findFirst();
    }

    /// Returns the hidden place with the name.
    public Optional<HiddenField> hidden(String place) {
        return hidden.stream().filter(one -> one.field().name().equals(place)).findFirst();
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

    /// Puts an entity's definition together.
    public static final class Builder {

        private final UUID id;
        private final String name;
        private String key;
        private String setName;
        private @Nullable String plugin;
        private String family = SHARED_FAMILY;
        private LocalizedText label;
        private LocalizedText pluralLabel;
        private @Nullable String icon;
        private String nameField = "name";
        private List<FieldDefinition> fields = List.of();
        private List<UniqueKey> keys = List.of();
        private List<View> views = List.of();
        private Layout layout = new Layout(List.of());
        private List<ActionDefinition> actions = List.of();
        private List<HiddenField> hidden = List.of();
        private List<Rule> rules = List.of();
        private List<List<String>> indexes = List.of();
        private @Nullable Link link;
        private @Nullable EntityDefinition seenOf;

        private Builder(UUID id, String name, LocalizedText label) {
            this.id = id;
            this.name = name;
            this.key = name;
            this.setName = name + "s";
            this.label = label;
            this.pluralLabel = label;
        }

        private Builder(EntityDefinition entity) {
            this(entity.id, entity.name, entity.label);
            this.key = entity.key;
            this.setName = entity.setName;
            this.plugin = entity.plugin;
            this.family = entity.family;
            this.pluralLabel = entity.pluralLabel;
            this.icon = entity.icon;
            this.nameField = entity.nameField;
            this.fields = entity.fields;
            this.keys = entity.keys;
            this.views = entity.views;
            this.layout = entity.layout;
            this.actions = entity.actions;
            this.hidden = entity.hidden;
            this.rules = entity.rules;
            this.indexes = entity.indexes;
            this.link = entity.link;
            this.seenOf = entity.seenOf;
        }

        /// Says that the entity comes from a plugin, which makes its key.
        public Builder plugin(@Nullable String solution) {
            plugin = solution;
            key = solution == null ? name : solution + "." + name;
            return this;
        }

        public Builder setName(String plural) {
            setName = plural;
            return this;
        }

        public Builder family(String recordFamily) {
            family = recordFamily;
            return this;
        }

        public Builder label(LocalizedText text) {
            label = text;
            return this;
        }

        public Builder pluralLabel(LocalizedText text) {
            pluralLabel = text;
            return this;
        }

        public Builder icon(@Nullable String iconName) {
            icon = iconName;
            return this;
        }

        public Builder nameField(String field) {
            nameField = field;
            return this;
        }

        public Builder fields(List<FieldDefinition> all) {
            fields = all;
            return this;
        }

        public Builder keys(List<UniqueKey> all) {
            keys = all;
            return this;
        }

        public Builder views(List<View> all) {
            views = all;
            return this;
        }

        public Builder layout(Layout sections) {
            layout = sections;
            return this;
        }

        public Builder hidden(List<HiddenField> all) {
            hidden = all;
            return this;
        }

        public Builder actions(List<ActionDefinition> all) {
            actions = all;
            return this;
        }

        public Builder rules(List<Rule> all) {
            rules = all;
            return this;
        }

        public Builder indexes(List<List<String>> all) {
            indexes = all;
            return this;
        }

        public Builder link(@Nullable Link ends) {
            link = ends;
            return this;
        }

        Builder seenOf(EntityDefinition whole) {
            seenOf = whole;
            return this;
        }

        public EntityDefinition build() {
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
                    fields,
                    keys,
                    views,
                    layout,
                    actions,
                    hidden,
                    rules,
                    indexes,
                    link,
                    seenOf);
        }
    }
}
