package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.Optional;

/// Text of a certain shape, such as an e-mail address. It is only checked for what is certainly a mistake:
/// whether it works, nobody can see from the text.
abstract class PatternType extends TextType {

    private final String example;

    PatternType(String typeName, int defaultLength, int greatestLength, String example, Setting<?>... further) {
        super(typeName, defaultLength, greatestLength, further);
        this.example = example;
    }

    abstract boolean hasShape(String text);

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return Texts.parseStripped(input);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return super.check(field, value)
                .or(() -> hasShape((String) value) ? Optional.empty() : Optional.of(Wrong.of(typeName() + "-invalid")));
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return example;
    }
}
