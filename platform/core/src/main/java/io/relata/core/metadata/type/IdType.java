package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The id of something else. There is none that would suit every record, so that it has no default.
abstract class IdType extends FieldType {

    private static final UUID EXAMPLE = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    IdType(String typeName, Setting<?>... settings) {
        super(typeName, ValueKind.UUID, settings);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        if (input instanceof UUID) {
            return new Parsed.Value(input);
        }
        String text = input instanceof String given ? given.strip() : "";
        return ID.matcher(text).matches() ? new Parsed.Value(UUID.fromString(text)) : Wrong.of("expects-id");
    }

    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return Optional.of(Wrong.of("not-for-type"));
    }

    @Override
    public String format() {
        return "uuid";
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return EXAMPLE;
    }
}
