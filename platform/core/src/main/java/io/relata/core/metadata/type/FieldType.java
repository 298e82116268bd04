package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A type that fields can have. All that is known of a type is in its class: nothing outside asks which type it
/// has before it, only what that type can do.
public abstract class FieldType {

    private final String typeName;
    private final ValueKind kind;
    private final List<Setting<?>> settings;

    protected FieldType(String typeName, ValueKind kind, Setting<?>... settings) {
        this.typeName = typeName;
        this.kind = kind;
        this.settings = List.of(settings);
    }

    /// Returns the name that definitions and the API use.
    public final String typeName() {
        return typeName;
    }

    /// Returns how values are held.
    public final ValueKind kind() {
        return kind;
    }

    /// Returns the members that only this and similar types have in a field's definition.
    public final List<Setting<?>> settings() {
        return settings;
    }

    /// Returns whether definitions may have the member.
    public final boolean has(Setting<?> setting) {
        return settings.contains(setting);
    }

    /// Reads the type's own members of a definition.
    ///
    /// @param everyLanguage whether labels must be there in every language
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE;
    }

    /// Reads a value. Nothing is rounded, cut or guessed: what does not fit is wrong.
    ///
    /// @param input neither `null` nor an empty text
    public abstract Parsed parse(FieldDefinition field, Object input, Form form);

    /// Returns which of the field's rules the value breaks.
    ///
    /// @param value in the Java type of the kind
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return Optional.empty();
    }

    /// Returns the fields of the same record whose values have a say in what this field's may be.
    public List<String> neighbours(FieldDefinition field) {
        return List.of();
    }

    /// Returns what is wrong with the value beside those of its neighbours.
    ///
    /// @param values the record's values by field name
    public Optional<Wrong> checkBeside(FieldDefinition field, Object value, Function<String, @Nullable Object> values) {
        return Optional.empty();
    }

    /// Adds to the definition's violations what is wrong with it beside the entity's other fields.
    ///
    /// @param fields the entity's fields by name
    public void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        // Most types stand alone.
    }

    /// Returns whether the platform gives the values, so that nobody may send one.
    public boolean isAssigned() {
        return false;
    }

    /// Returns what is wrong with the text as the field's default.
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return switch (parse(field, text, Form.TEXT)) {
            case Wrong wrong -> Optional.of(wrong);
            case Parsed.Value value -> check(field, value.value());
        };
    }

    /// Returns whether two records can be kept from having the same value.
    public boolean canBeUnique() {
        return false;
    }

    /// Returns whether the search looks into values.
    public boolean canBeSearched() {
        return false;
    }

    /// Returns the words by which a value is found, if search looks into values; `null` when it has none.
    public @Nullable String searched(FieldDefinition field, @Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /// Returns whether people look for values by digits, whatever stands between these.
    public boolean searchedByDigits() {
        return false;
    }

    /// Returns whether a value can be long: too long for a slot, for an order, and for a cell of a list.
    public boolean isLong() {
        return false;
    }

    /// Returns whether a value can name a record to people.
    public boolean canName() {
        return false;
    }

    /// Returns whether people read the value, so that it is ordered as their language orders words.
    public boolean readByPeople() {
        return false;
    }

    /// Returns which formats can be set for what people read.
    public DisplayFormat.Family displayed() {
        return switch (kind) {
            case INTEGER, DECIMAL -> DisplayFormat.Family.NUMBER;
            case DATE -> DisplayFormat.Family.DAY;
            case INSTANT -> DisplayFormat.Family.MOMENT;
            case STRING, BOOLEAN, UUID, LIST, POINT, OBJECT, SECRET -> DisplayFormat.Family.OTHER;
        };
    }

    /// Returns whether values are ids of records that a query can follow.
    public boolean isLookup() {
        return false;
    }

    /// Returns whether values are ids of the tenant's members.
    public boolean isUser() {
        return false;
    }

    /// Returns whether a value is a file, whose bytes are kept elsewhere.
    public boolean holdsFile() {
        return false;
    }

    /// Returns the primitive type of values in OData when it does not follow from how they are held.
    public @Nullable String edmType() {
        return null;
    }

    /// Returns whether the field's records can be ordered and grouped by it.
    public boolean canBeOrdered() {
        return !isLong() && kind.isScalar();
    }

    /// Returns whether records can be found by values through an index.
    public boolean canBeIndexed() {
        return kind.slots() > 0 && !isLong();
    }

    /// Returns what a value consists of, in the order in which it is shown; nothing for values that are one thing.
    public List<Part> parts() {
        return List.of();
    }

    /// Returns the value as one text for a file, in a form that [#parse] reads again.
    public String written(Object value) {
        return value.toString();
    }

    /// Returns the `format` of values in JSON Schema; `null` when there is none.
    public @Nullable String format() {
        return null;
    }

    /// Returns the value as people in the caller's language read it.
    ///
    /// @param value in the Java type of the kind
    public String display(FieldDefinition field, Object value, CallContext context) {
        return value.toString();
    }

    /// Returns the value as its definition wants people to read it.
    ///
    /// @param currency of an amount whose record says it; `null` when its definition or the tenant does
    public final String shown(FieldDefinition field, Object value, CallContext context, @Nullable String currency) {
        DisplayFormat format = field.settings().get(Setting.FORMAT);
        String inCurrency = has(Setting.CURRENCY) ? currency(field, context, currency) : null;
        if (format == null) {
            return inCurrency == null
                    ? display(field, value, context)
                    : Shown.money(value, inCurrency, context.locale());
        }
        return switch (displayed()) {
            case NUMBER -> Shown.styled(value, format, inCurrency, context.locale()) + unit();
            case DAY, MOMENT ->
                format.style() == null
                        ? display(field, value, context)
                        : Shown.styled(value, format.style(), context.zone(), context.locale());
            case TEXT -> masked(format.mask(), (String) value).orElseGet(() -> display(field, value, context));
            case COMPUTED, OTHER -> display(field, value, context);
        };
    }

    /// Returns what stands behind every number of the type.
    String unit() {
        return "";
    }

    private static String currency(FieldDefinition field, CallContext context, @Nullable String currency) {
        String own = currency == null || !CurrencyType.known(currency)
                ? field.settings().get(Setting.CURRENCY)
                : currency;
        return own == null ? context.currency().getCurrencyCode() : own;
    }

    /// Returns the letters and digits of a text in the places of a mask, if they fill it exactly.
    private static Optional<String> masked(@Nullable String mask, String text) {
        int[] signs = text.codePoints().filter(Character::isLetterOrDigit).toArray();
        if (mask == null
                || signs.length != mask.chars().filter(sign -> sign == '#').count()) {
            return Optional.empty();
        }
        StringBuilder shown = new StringBuilder();
        int next = 0;
        for (int i = 0; i < mask.length(); i++) {
            if (mask.charAt(i) == '#') {
                shown.appendCodePoint(signs[next++]);
            } else {
                shown.append(mask.charAt(i));
            }
        }
        return Optional.of(shown.toString());
    }

    /// Returns a value to show callers what to send, in the Java type of the kind; `null` when there is none.
    ///
    /// @param text what a text can say
    public abstract @Nullable Object example(FieldDefinition field, String text);

    @Override
    public final String toString() {
        return typeName;
    }
}
