package io.relata.core.metadata.type;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.core.problem.Messages;
import io.relata.spi.CallContext;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Yes or no.
final class BooleanType extends FieldType {

    BooleanType() {
        super("boolean", ValueKind.BOOLEAN);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        if (input instanceof Boolean) {
            return new Parsed.Value(input);
        }
        String text = form == Form.TEXT ? input.toString().strip().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true", "yes", "y", "1", "是" -> new Parsed.Value(true);
            case "false", "no", "n", "0", "否" -> new Parsed.Value(false);
            default -> Wrong.of("expects-boolean");
        };
    }

    @Override
    public Optional<Wrong> checkDefault(FieldDefinition field, String text) {
        return text.equals("true") || text.equals("false")
                ? Optional.empty()
                : Optional.of(Wrong.of("expects-boolean"));
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return true;
    }

    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return Messages.text(context.locale(), (Boolean) value ? "value.yes" : "value.no", List.of());
    }
}
