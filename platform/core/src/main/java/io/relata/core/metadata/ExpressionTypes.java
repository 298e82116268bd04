package io.relata.core.metadata;

import io.relata.core.expression.Type;
import io.relata.core.metadata.type.FieldSettings;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What fields are in expressions, and what expressions are as fields.
final class ExpressionTypes {

    private static final int WHOLE = 19;
    private static final int GREATEST_SCALE = 6;
    private static final int PICKLIST_LENGTH = 100;
    private static final int TEXT_LENGTH = 4_000;
    private static final int LONG_TEXT_LENGTH = 100_000;

    private ExpressionTypes() {}

    /// A field's type and what it is set to.
    record Result(FieldType type, FieldSettings settings) {}

    static Type of(FieldDefinition field) {
        return switch (field.kind()) {
            case STRING -> text(field);
            case INTEGER -> new Type.Numeric(WHOLE, 0);
            case DECIMAL -> new Type.Numeric(WHOLE, field.scale());
            case BOOLEAN -> Type.Plain.TRUTH;
            case DATE -> Type.Plain.DATE;
            case INSTANT -> Type.Plain.MOMENT;
            case UUID -> new Type.Reference(field.type().isUser() ? "user" : String.join("|", field.targets()));
            case LIST, POINT, OBJECT, SECRET ->
                throw new IllegalArgumentException("Lists have no place in expressions: " + field.name());
        };
    }

    private static Type text(FieldDefinition field) {
        List<Type.Choice> choices = field.options().stream()
                .map(option -> new Type.Choice(option.value(), option.label().texts()))
                .toList();
        return new Type.Text(field.maxLength() > 0 ? field.maxLength() : PICKLIST_LENGTH, choices);
    }

    /// Returns the field type that holds an expression's values; empty when none does.
    ///
    /// @param scale the digits that are wanted; `null` for those that the expression has
    static Optional<Result> result(Type type, @Nullable Integer scale) {
        FieldSettings none = FieldSettings.NONE;
        return switch (type) {
            case Type.Text text ->
                Optional.of(
                        text.most() <= TEXT_LENGTH
                                ? new Result(FieldTypes.TEXT, none.with(Setting.MAX_LENGTH, Math.max(1, text.most())))
                                : new Result(FieldTypes.LONG_TEXT, none.with(Setting.MAX_LENGTH, LONG_TEXT_LENGTH)));
            case Type.Numeric number -> {
                int digits = scale == null ? Math.min(number.scale(), GREATEST_SCALE) : scale;
                yield Optional.of(
                        digits == 0
                                ? new Result(FieldTypes.INTEGER, none)
                                : new Result(FieldTypes.DECIMAL, none.with(Setting.SCALE, digits)));
            }
            case Type.Plain plain ->
                switch (plain) {
                    case TRUTH -> Optional.of(new Result(FieldTypes.BOOLEAN, none));
                    case DATE -> Optional.of(new Result(FieldTypes.DATE, none));
                    case MOMENT -> Optional.of(new Result(FieldTypes.DATETIME, none));
                    case SPAN, NOTHING -> Optional.empty();
                };
            case Type.Reference reference -> Optional.empty();
            case Type.Texts list -> Optional.empty();
        };
    }
}
