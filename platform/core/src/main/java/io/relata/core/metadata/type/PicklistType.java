package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One of the options that the definition offers.
final class PicklistType extends FieldType {

    PicklistType() {
        super("picklist", ValueKind.STRING, Setting.OPTIONS, Setting.DEPENDS_ON);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return Options.readSettings(input, everyLanguage);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return form == Form.TEXT && Texts.parseStripped(input) instanceof Parsed.Value text
                ? new Parsed.Value(Options.meant(field, (String) text.value()))
                : Texts.parse(input);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        return Options.isOffered(field, value) ? Optional.empty() : Optional.of(Wrong.of("not-an-option"));
    }

    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return check(field, text);
    }

    @Override
    public @Nullable Object example(FieldDefinition field, String text) {
        return field.options().stream()
                .filter(PicklistOption::active)
                .map(PicklistOption::value)
                .findFirst()
                .orElse(null);
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Options.label(field, value, context.locale());
    }

    @Override
    public List<String> neighbours(FieldDefinition field) {
        return Options.neighbours(field);
    }

    @Override
    public Optional<Wrong> checkBeside(FieldDefinition field, Object value, Function<String, @Nullable Object> values) {
        return Options.goesWith(field, value, values) ? Optional.empty() : Optional.of(Wrong.of("option-not-beside"));
    }

    @Override
    public void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        Options.checkDefinition(input, field, fields);
    }
}
