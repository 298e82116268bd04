package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.stream.Stream;

/// Decimal numbers, exact up to the digits that the definition sets.
class DecimalType extends NumberType {

    static final int DEFAULT_SCALE = 2;
    private static final int GREATEST_SCALE = 6;

    DecimalType(String typeName, Setting<?>... further) {
        super(
                typeName,
                ValueKind.DECIMAL,
                Stream.concat(Stream.of(Setting.SCALE, Setting.MIN, Setting.MAX), Stream.of(further))
                        .toArray(Setting<?>[]::new));
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return readSettings(input, DEFAULT_SCALE);
    }

    static FieldSettings readSettings(DefinitionInput input, int defaultScale) {
        int scale = input.number(Setting.SCALE.name(), defaultScale, 0, GREATEST_SCALE);
        return readBounds(input, FieldSettings.NONE.with(Setting.SCALE, scale));
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return Numbers.read(input)
                .map(number -> Numbers.atScale(number, field.scale()))
                .orElseGet(() -> Wrong.of("expects-number"));
    }

    @Override
    public String format() {
        return "decimal";
    }
}
