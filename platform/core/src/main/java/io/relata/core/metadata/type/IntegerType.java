package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whole numbers.
class IntegerType extends NumberType {

    IntegerType() {
        this("integer");
    }

    IntegerType(String typeName) {
        this(typeName, Setting.MIN, Setting.MAX);
    }

    IntegerType(String typeName, Setting<?>... settings) {
        super(typeName, ValueKind.INTEGER, settings);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return readBounds(input, FieldSettings.NONE);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Optional<BigDecimal> number = Numbers.read(input);
        if (number.isEmpty()) {
            return Wrong.of("expects-integer");
        }
        return switch (Numbers.atScale(number.get(), 0)) {
            case Parsed.Value value -> new Parsed.Value(((BigDecimal) value.value()).longValueExact());
            case Wrong wrong -> wrong.code().equals("too-many-decimals") ? Wrong.of("expects-integer") : wrong;
        };
    }

    @Override
    public boolean canBeUnique() {
        return true;
    }

    @Override
    public String format() {
        return "int64";
    }

    @Override
    public @Nullable Object example(FieldDefinition field, String text) {
        return super.example(field, text) instanceof BigDecimal number ? number.longValue() : null;
    }
}
