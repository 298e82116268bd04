package io.relata.core.metadata.type;

import io.relata.core.metadata.Conditions;
import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.PicklistOption;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A member of a field's definition that only some types have.
///
/// @param name what definitions and the API call it
public record Setting<T>(String name) {

    /// The most characters (code points) of a text.
    public static final Setting<Integer> MAX_LENGTH = new Setting<>("maxLength");

    /// The digits after the decimal point.
    public static final Setting<Integer> SCALE = new Setting<>("scale");

    /// The smallest number.
    public static final Setting<BigDecimal> MIN = new Setting<>("min");

    /// The greatest number.
    public static final Setting<BigDecimal> MAX = new Setting<>("max");

    /// What can be chosen.
    public static final Setting<List<PicklistOption>> OPTIONS = new Setting<>("options");

    /// The entity a lookup points to.
    public static final Setting<String> TARGET = new Setting<>("target");

    /// The entities one of which a lookup points to.
    public static final Setting<List<String>> TARGETS = new Setting<>("targets");

    /// The text field that says to which of [#TARGETS] a lookup points; the platform keeps it.
    public static final Setting<String> TYPE_FIELD = new Setting<>("typeField");

    /// What becomes of a record when the one that a lookup points to is deleted.
    public static final Setting<DeleteBehaviour> ON_DELETE = new Setting<>("onDelete");

    /// Whether a lookup to the same entity says what a record stands under.
    public static final Setting<Boolean> HIERARCHICAL = new Setting<>("hierarchical");

    /// The picklist field whose value decides which options can be chosen.
    public static final Setting<String> DEPENDS_ON = new Setting<>("dependsOn");

    /// The country in which numbers without an international prefix are meant (ISO 3166, two letters).
    public static final Setting<String> COUNTRY = new Setting<>("country");

    /// The currency of an amount (ISO 4217); the tenant's when absent.
    public static final Setting<String> CURRENCY = new Setting<>("currency");

    /// The field that says in which currency an amount is.
    public static final Setting<String> CURRENCY_FIELD = new Setting<>("currencyField");

    /// What an automatic number looks like.
    public static final Setting<String> PATTERN = new Setting<>("pattern");

    /// Whether automatic numbers may have gaps, so that nobody who writes waits for others.
    public static final Setting<Boolean> GAPS = new Setting<>("gaps");

    /// What computes the value.
    public static final Setting<String> EXPRESSION = new Setting<>("expression");

    /// Whether a computed value is written with each save.
    public static final Setting<Boolean> STORED = new Setting<>("stored");

    /// The expression that was read from [#EXPRESSION]; snapshots have it, definitions do not.
    public static final Setting<Formula> FORMULA = new Setting<>("formula");

    /// What the field is on conditions. Fields of every type can have them.
    public static final Setting<Conditions> CONDITIONS = new Setting<>("conditions");

    /// What those may do with the field whose roles say nothing about it; everything when it is absent. Fields of every
    /// type can have it.
    public static final Setting<FieldAccess> ACCESS = new Setting<>("access");

    /// Whether only the end of the text is shown. Metadata as a caller sees it has it, definitions do not.
    public static final Setting<Boolean> MASKED = new Setting<>("masked");

    /// Whether the field is going to be unique once the values of all records have been taken. Stored definitions have
    /// it, what people write does not.
    public static final Setting<Boolean> CLAIMING = new Setting<>("claiming");

    /// Whether the values tell of a person, so that they are found, handed out and erased with what else there is of
    /// one. Fields of every type can have it.
    public static final Setting<Boolean> PERSONAL = new Setting<>("personal");

    /// Whether it is written down who reads the values. Fields of every type can have it.
    public static final Setting<Boolean> SENSITIVE = new Setting<>("sensitive");

    /// Whether an index knows the values of a field in a slot; all do that do not say otherwise. Fields of every type
    /// with slots can have it.
    public static final Setting<Boolean> INDEXED = new Setting<>("indexed");

    /// How people read the values; many types have it.
    public static final Setting<DisplayFormat> FORMAT = new Setting<>("format");

    /// The greatest size of a file, in mebibytes.
    public static final Setting<Integer> MAX_MEGABYTES = new Setting<>("maxMegabytes");

    /// What files may be, by content type.
    public static final Setting<List<String>> ACCEPT = new Setting<>("accept");

    public static final List<Setting<?>> ALL = List.of(
            MAX_LENGTH,
            SCALE,
            MIN,
            MAX,
            OPTIONS,
            TARGET,
            TARGETS,
            TYPE_FIELD,
            ON_DELETE,
            HIERARCHICAL,
            DEPENDS_ON,
            COUNTRY,
            CURRENCY,
            CURRENCY_FIELD,
            PATTERN,
            GAPS,
            EXPRESSION,
            STORED,
            MAX_MEGABYTES,
            ACCEPT);

    /// Returns the setting's value out of [FieldSettings], which take in only what fits.
    @SuppressWarnings("unchecked")
    @Nullable
    T cast(@Nullable Object value) {
        return (T) value;
    }
}
