package io.relata.core.metadata;

import io.relata.core.metadata.type.FieldSettings;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.Setting;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One field of an entity. Made by a [Builder]; a changed copy by [#with].
///
/// @param name         unique in the entity; a tenant's own fields begin with `c_`
/// @param slot         the column that holds the value; `null` when it lives in the record's document
/// @param member       under which name it lives there; `null` when under the field's own
/// @param readOnly     set by the platform or a plugin only
/// @param unique       no two live records of the tenant share a value
/// @param audited      whether the history keeps the values; that a value changed is kept in any case
/// @param settings     what only some types have
/// @param defaultValue what an empty field of a new record gets, as its JSON text form
/// @param rollUp       how the value is reckoned from other records; `null` for all other fields
public record FieldDefinition(
        String name,
        FieldType type,
        @Nullable String slot,
        @Nullable String member,
        LocalizedText label,
        @Nullable LocalizedText help,
        boolean required,
        boolean readOnly,
        boolean unique,
        boolean searchable,
        boolean audited,
        FieldSettings settings,
        @Nullable String defaultValue,
        @Nullable RollUp rollUp) {

    /// Names that every record has of itself, so that no field can have them.
    public static final Set<String> RESERVED =
            Set.of("id", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "entity");

    /// Begins a field's definition.
    public static Builder builder(String name, FieldType type, LocalizedText label) {
        return new Builder(name, type, label);
    }

    /// Returns a copy with changes.
    public FieldDefinition with(UnaryOperator<Builder> changes) {
        return changes.apply(new Builder(this)).build();
    }

    /// Returns the name under which the API shows the value: a lookup's property holds the target's id.
    public String property() {
        if (!type.isLookup()) {
            return name;
        }
        return name.startsWith("c_") ? name + "_id" : name + "Id";
    }

    /// Returns under which name the record's document holds the value of a field without a slot.
    public String stored() {
        return member == null ? name : member;
    }

    /// Returns how the value is held.
    public ValueKind kind() {
        return type.kind();
    }

    /// Returns the most characters (code points) a text may have; 0 when the type has no such limit.
    public int maxLength() {
        return settings.get(Setting.MAX_LENGTH, 0);
    }

    /// Returns the digits after the decimal point; 0 for all but decimals.
    public int scale() {
        return settings.get(Setting.SCALE, 0);
    }

    public @Nullable BigDecimal min() {
        return settings.get(Setting.MIN);
    }

    public @Nullable BigDecimal max() {
        return settings.get(Setting.MAX);
    }

    /// Returns what can be chosen; nothing for types without options.
    public List<PicklistOption> options() {
        return settings.get(Setting.OPTIONS, List.of());
    }

    /// Returns the entities to one of which a lookup points.
    public List<String> targets() {
        String target = target();
        return target == null ? settings.get(Setting.TARGETS, List.of()) : List.of(target);
    }

    /// Returns whether this is a lookup to one of several entities.
    public boolean polymorphic() {
        return settings.get(Setting.TARGETS) != null;
    }

    /// Returns the entity a lookup points to; `null` also when it is one of several.
    public @Nullable String target() {
        return settings.get(Setting.TARGET);
    }

    /// Returns what becomes of a record when the one that this lookup points to is deleted. A lookup that must not be
    /// empty cannot be cleared.
    public DeleteBehaviour onDelete() {
        return settings.get(Setting.ON_DELETE, required ? DeleteBehaviour.RESTRICT : DeleteBehaviour.CLEAR);
    }

    /// Returns whether this lookup says what a record stands under, so that no record may come to stand under itself.
    public boolean hierarchical() {
        return settings.get(Setting.HIERARCHICAL, false);
    }

    /// Returns how the value is computed; `null` for a field that is written.
    public @Nullable Formula formula() {
        return settings.get(Setting.FORMULA);
    }

    /// Returns whether the value is computed when it is read, so that nothing is stored.
    public boolean virtual() {
        Formula formula = formula();
        return formula != null && !formula.stored();
    }

    /// Returns what those may do with the field whose roles say nothing about it.
    public FieldAccess access() {
        return settings.get(Setting.ACCESS, FieldAccess.UPDATE);
    }

    /// Returns whether the field is going to be unique: values are taken as if it were, but name no record yet.
    public boolean claiming() {
        return settings.get(Setting.CLAIMING, false);
    }

    /// Returns whether only the end of the text is shown to whoever sees this definition.
    public boolean masked() {
        return settings.get(Setting.MASKED, false);
    }

    /// Returns whether the values tell of a person.
    public boolean personal() {
        return settings.get(Setting.PERSONAL, false);
    }

    /// Returns whether it is written down who reads the values.
    public boolean sensitive() {
        return settings.get(Setting.SENSITIVE, false);
    }

    /// Returns whether it is written down when somebody to whom this definition is shown reads the values: of a masked
    /// field nobody does.
    public boolean watched() {
        return sensitive() && !masked();
    }

    /// Returns whether the values stand in a slot that has an index of its own.
    public boolean indexed() {
        return slot != null && settings.get(Setting.INDEXED, true);
    }

    /// Returns whether its values fit into an indexed column.
    public boolean indexable() {
        return !virtual() && Slots.fits(this);
    }

    /// Returns what the field is on conditions.
    public Conditions conditions() {
        return settings.get(Setting.CONDITIONS, Conditions.NONE);
    }

    /// Puts a field's definition together; what is not said is `false`, empty or `null`, but for [#audited].
    public static final class Builder {

        private String name;
        private final FieldType type;
        private final LocalizedText label;
        private @Nullable String slot;
        private @Nullable String member;
        private @Nullable LocalizedText help;
        private boolean required;
        private boolean readOnly;
        private boolean unique;
        private boolean searchable;
        private boolean audited = true;
        private FieldSettings settings = FieldSettings.NONE;
        private @Nullable String defaultValue;
        private @Nullable RollUp rollUp;

        private Builder(String name, FieldType type, LocalizedText label) {
            this.name = name;
            this.type = type;
            this.label = label;
        }

        private Builder(FieldDefinition field) {
            this(field.name, field.type, field.label);
            this.slot = field.slot;
            this.member = field.member;
            this.help = field.help;
            this.required = field.required;
            this.readOnly = field.readOnly;
            this.unique = field.unique;
            this.searchable = field.searchable;
            this.audited = field.audited;
            this.settings = field.settings;
            this.defaultValue = field.defaultValue;
            this.rollUp = field.rollUp;
        }

        Builder name(String other) {
            name = other;
            return this;
        }

        public Builder member(@Nullable String documentMember) {
            member = documentMember;
            return this;
        }

        public Builder slot(@Nullable String column) {
            slot = column;
            return this;
        }

        public Builder help(@Nullable LocalizedText text) {
            help = text;
            return this;
        }

        public Builder required(boolean yes) {
            required = yes;
            return this;
        }

        public Builder readOnly(boolean yes) {
            readOnly = yes;
            return this;
        }

        public Builder unique(boolean yes) {
            unique = yes;
            return this;
        }

        public Builder searchable(boolean yes) {
            searchable = yes;
            return this;
        }

        public Builder audited(boolean yes) {
            audited = yes;
            return this;
        }

        public Builder settings(FieldSettings all) {
            settings = all;
            return this;
        }

        public <T> Builder set(Setting<T> setting, @Nullable T value) {
            settings = settings.with(setting, value);
            return this;
        }

        public Builder defaultValue(@Nullable String text) {
            defaultValue = text;
            return this;
        }

        public Builder rollUp(@Nullable RollUp how) {
            rollUp = how;
            return this;
        }

        public FieldDefinition build() {
            return new FieldDefinition(
                    name,
                    type,
                    slot,
                    member,
                    label,
                    help,
                    required,
                    readOnly,
                    unique,
                    searchable,
                    audited,
                    settings,
                    defaultValue,
                    rollUp);
        }
    }
}
