package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Any number of the options that the definition offers, in their order.
final class MultiPicklistType extends FieldType {

    MultiPicklistType() {
        super("multiPicklist", ValueKind.LIST, Setting.OPTIONS, Setting.DEPENDS_ON);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return Options.readSettings(input, everyLanguage);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        Parsed parsed = Lists.read(input, form, text -> Options.isOne(field, Options.meant(field, text)));
        return parsed instanceof Parsed.Value texts
                ? new Parsed.Value(ordered(
                        field,
                        ((List<?>) texts.value())
                                .stream()
                                        .map(Object::toString)
                                        .map(text -> form == Form.TEXT ? Options.meant(field, text) : text)
                                        .toList()))
                : parsed;
    }

    private static List<String> ordered(FieldDefinition field, List<String> chosen) {
        Set<String> wanted = new HashSet<>(chosen);
        Stream<String> offered =
                field.options().stream().map(PicklistOption::value).filter(wanted::contains);
        return Stream.concat(offered, chosen.stream()).distinct().toList();
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        boolean offered = ((List<?>) value).stream().allMatch(choice -> Options.isOffered(field, choice));
        return offered ? Optional.empty() : Optional.of(Wrong.of("not-an-option"));
    }

    @Override
    public boolean canBeSearched() {
        return true;
    }

    /// By the values, and by what people read in any language.
    @Override
    public @Nullable String searched(FieldDefinition field, @Nullable Object value) {
        return value instanceof List<?> chosen
                ? Stream.concat(
                                chosen.stream().map(Object::toString),
                                field.options().stream()
                                        .filter(option -> chosen.contains(option.value()))
                                        .flatMap(option -> option.label().texts().values().stream()))
                        .distinct()
                        .collect(Collectors.joining("; "))
                : null;
    }

    @Override
    public @Nullable Object example(FieldDefinition field, String text) {
        return field.options().stream()
                .filter(PicklistOption::active)
                .map(PicklistOption::value)
                .limit(2)
                .toList();
    }

    @Override
    public String written(Object value) {
        return Lists.joined((List<?>) value);
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Lists.shown(
                ((List<?>) value)
                        .stream()
                                .map(choice -> Options.label(field, choice, context.locale()))
                                .toList(),
                context.locale());
    }

    @Override
    public List<String> neighbours(FieldDefinition field) {
        return Options.neighbours(field);
    }

    @Override
    public Optional<Wrong> checkBeside(FieldDefinition field, Object value, Function<String, @Nullable Object> values) {
        return ((List<?>) value).stream().allMatch(choice -> Options.goesWith(field, choice, values))
                ? Optional.empty()
                : Optional.of(Wrong.of("option-not-beside"));
    }

    @Override
    public void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        Options.checkDefinition(input, field, fields);
    }
}
