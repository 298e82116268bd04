package io.relata.core.metadata;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One field of an entity.
///
/// @param name         unique in the entity; a tenant's own fields begin with `c_`
/// @param slot         the column that holds the value; `null` when it lives in the record's document
/// @param readOnly     set by the platform or a plugin only
/// @param unique       no two live records of the tenant share a value
/// @param maxLength    in characters (code points); for texts
/// @param scale        digits after the decimal point; for decimal, money and percent
/// @param target       the entity a lookup points to
/// @param defaultValue what an empty field of a new record gets, as its JSON text form
public record FieldDefinition(
        String name,
        FieldType type,
        @Nullable String slot,
        LocalizedText label,
        @Nullable LocalizedText help,
        boolean required,
        boolean readOnly,
        boolean unique,
        boolean searchable,
        int maxLength,
        int scale,
        @Nullable BigDecimal min,
        @Nullable BigDecimal max,
        List<PicklistOption> options,
        @Nullable String target,
        @Nullable String defaultValue) {

    /// Names that every record has of itself, so that no field can have them.
    public static final Set<String> RESERVED =
            Set.of("id", "createdAt", "createdBy", "updatedAt", "updatedBy", "version", "entity");

    public FieldDefinition {
        options = List.copyOf(options);
    }

    /// Returns the name under which the API shows the value: a lookup's property holds the target's id.
    public String property() {
        if (!type.isLookup()) {
            return name;
        }
        return name.startsWith("c_") ? name + "_id" : name + "Id";
    }

    /// Returns this field in the slot.
    FieldDefinition inSlot(String newSlot) {
        return new FieldDefinition(
                name,
                type,
                newSlot,
                label,
                help,
                required,
                readOnly,
                unique,
                searchable,
                maxLength,
                scale,
                min,
                max,
                options,
                target,
                defaultValue);
    }

    /// Returns how the value is held.
    public ValueKind kind() {
        return type.kind();
    }
}
