package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.time.ZonedDateTime;
import java.util.Optional;

/// A number that the platform gives each new record: never twice, and without gaps unless these are allowed.
public final class AutoNumberType extends FieldType {

    private static final String USUAL = "{000000}";

    AutoNumberType() {
        super("autoNumber", ValueKind.STRING, Setting.PATTERN, Setting.GAPS);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        String written = input.optionalText(Setting.PATTERN.name());
        String pattern = written == null ? USUAL : written;
        if (NumberPattern.of(pattern).isEmpty()) {
            input.reject(Setting.PATTERN.name(), "pattern-wrong");
        }
        return FieldSettings.NONE
                .with(Setting.PATTERN, pattern)
                .with(Setting.GAPS, input.flag(Setting.GAPS.name(), false) ? true : null);
    }

    /// Returns the field's pattern as it stands at a time.
    public static NumberPattern pattern(FieldDefinition field, ZonedDateTime now) {
        return NumberPattern.of(field.settings().get(Setting.PATTERN, USUAL))
                .orElseThrow()
                .at(now);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return Texts.parseStripped(input);
    }

    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public boolean isAssigned() {
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
    public Object example(FieldDefinition field, String text) {
        return NumberPattern.of(field.settings().get(Setting.PATTERN, USUAL))
                .map(pattern -> pattern.number(1))
                .orElse("1");
    }
}
