package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;

/// Decimal numbers, exact up to the digits that the definition sets.
class DecimalType extends NumberType {

    private static final int DEFAULT_SCALE = 2;
    private static final int GREATEST_SCALE = 6;

    DecimalType(String typeName) {
        super(typeName, ValueKind.DECIMAL, Setting.SCALE, Setting.MIN, Setting.MAX);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        int scale = input.number(Setting.SCALE.name(), DEFAULT_SCALE, 0, GREATEST_SCALE);
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
