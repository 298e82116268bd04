package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.Optional;

/// Text that is stored encrypted. It can be read and written, and nothing else: who could look for it, order by it or
/// compute with it would not need the key.
final class EncryptedTextType extends FieldType {

    private static final int USUAL_LENGTH = 255;
    private static final int GREATEST_LENGTH = 10_000;

    EncryptedTextType() {
        super("encryptedText", ValueKind.SECRET, Setting.MAX_LENGTH);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE.with(
                Setting.MAX_LENGTH, input.number(Setting.MAX_LENGTH.name(), USUAL_LENGTH, 1, GREATEST_LENGTH));
    }

    /// What is shown instead of a secret is no secret: a program that sends back what it read would lose it.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        if (Secret.MASK.equals(input)) {
            return Wrong.of("secret-mask");
        }
        return Texts.parse(input) instanceof Parsed.Value text
                ? new Parsed.Value(Secret.open((String) text.value()))
                : Texts.parse(input);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        Secret secret = (Secret) value;
        return secret.sealed() ? Optional.empty() : Texts.check(field, secret.text());
    }

    /// A default would stand in the definition for everybody to read.
    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public String written(Object value) {
        return ((Secret) value).shown();
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return ((Secret) value).shown();
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return Secret.open(Texts.shortened(text, field));
    }
}
