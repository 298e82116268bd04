package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.Optional;
import java.util.stream.Stream;

/// Text of one line.
class TextType extends FieldType {

    private final int defaultLength;
    private final int greatestLength;

    TextType(String typeName, int defaultLength, int greatestLength, Setting<?>... further) {
        super(
                typeName,
                ValueKind.STRING,
                Stream.concat(Stream.of(Setting.MAX_LENGTH), Stream.of(further)).toArray(Setting<?>[]::new));
        this.defaultLength = defaultLength;
        this.greatestLength = greatestLength;
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE.with(
                Setting.MAX_LENGTH, input.number(Setting.MAX_LENGTH.name(), defaultLength, 1, greatestLength));
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return Texts.parse(input);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return Texts.check(field, (String) value);
    }

    @Override
    public boolean canBeUnique() {
        return true;
    }

    @Override
    public boolean canBeSearched() {
        return true;
    }

    @Override
    public boolean canName() {
        return true;
    }

    @Override
    public boolean readByPeople() {
        return true;
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return Texts.shortened(text, field);
    }

    @Override
    public DisplayFormat.Family displayed() {
        return isLong() ? DisplayFormat.Family.OTHER : DisplayFormat.Family.TEXT;
    }
}
