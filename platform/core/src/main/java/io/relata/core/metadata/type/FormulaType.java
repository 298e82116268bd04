package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What definitions call a field whose value is computed. In a snapshot such a field has the type of what its
/// expression gives, and a [Setting#FORMULA].
final class FormulaType extends FieldType {

    private static final int GREATEST_SCALE = 6;

    FormulaType() {
        super("formula", ValueKind.STRING, Setting.EXPRESSION, Setting.STORED, Setting.SCALE);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        Integer scale = input.has(Setting.SCALE.name())
                ? Integer.valueOf(input.number(Setting.SCALE.name(), 0, 0, GREATEST_SCALE))
                : null;
        return FieldSettings.NONE
                .with(Setting.EXPRESSION, input.text(Setting.EXPRESSION.name()))
                .with(Setting.STORED, input.flag(Setting.STORED.name(), false))
                .with(Setting.SCALE, scale);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return Wrong.of("read-only");
    }

    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public @Nullable Object example(FieldDefinition field, String text) {
        return null;
    }

    @Override
    public DisplayFormat.Family displayed() {
        return DisplayFormat.Family.COMPUTED;
    }
}
