package io.relata.core.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Definitions say how people read values, as far as the type has such a way.
class DisplayFormatTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Violation> violations = new ArrayList<>();

    private FieldDefinition read(String type, String format) {
        violations.clear();
        String definition = "{\"name\": \"c_x\", \"label\": {\"en\": \"X\"}, " + type + ", \"format\": " + format + "}";
        try {
            return new FieldReader(DefinitionSource.ADMINISTRATOR)
                    .read(new DefinitionInput(JSON.readTree(definition), "", violations))
                    .field();
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    @Test
    void takesWhatFitsTheType() {
        FieldDefinition money = read("\"type\": \"money\"", "{\"style\": \"compact\", \"decimals\": 1}");
        assertThat(violations).isEmpty();
        DisplayFormat format = Objects.requireNonNull(money.settings().get(Setting.FORMAT));
        assertThat(format.members()).isEqualTo(Map.of("style", "compact", "decimals", 1));
        read("\"type\": \"date\"", "{\"style\": \"month\"}");
        read("\"type\": \"datetime\"", "{\"style\": \"relative\"}");
        read("\"type\": \"text\"", "{\"mask\": \"###-##\"}");
        read("\"type\": \"formula\", \"expression\": \"1\"", "{\"style\": \"plain\"}");
        assertThat(violations).isEmpty();
    }

    @Test
    void refusesWhatDoesNot() {
        read("\"type\": \"money\"", "{\"style\": \"month\", \"decimals\": 9, \"mask\": \"#\", \"x\": 1}");
        assertThat(violations)
                .extracting(Violation::field, Violation::code)
                .containsExactlyInAnyOrder(
                        tuple("format.style", "format-style"),
                        tuple("format.decimals", "not-between"),
                        tuple("format.mask", "not-for-type"),
                        tuple("format.x", "unknown-member"));
        read("\"type\": \"date\"", "{\"style\": \"relative\"}");
        assertThat(violations).extracting(Violation::code).containsExactly("format-style");
        read("\"type\": \"boolean\"", "{\"style\": \"short\"}");
        assertThat(violations).containsExactly(Violation.of("format", "not-for-type"));
        read("\"type\": \"text\"", "{\"mask\": \"none\"}");
        assertThat(violations).extracting(Violation::code).containsExactly("format-mask");
        read("\"type\": \"text\"", "{}");
        assertThat(violations).containsExactly(Violation.of("format.style", "required"));
    }
}
