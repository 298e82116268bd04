package io.relata.core.metadata.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;

/// Data in a form of its own, as the text of a JSON value: kept and given back, not understood.
final class JsonType extends LongTextType {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    JsonType() {
        super("json", 50_000, 100_000);
    }

    /// Takes the value itself or its text; without the blanks between its parts, equal values are equal texts.
    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        try {
            Object value = input instanceof String text ? JSON.readTree(text) : input;
            return Texts.parse(JSON.writeValueAsString(value));
        } catch (JsonProcessingException exception) {
            return Wrong.of("expects-json");
        }
    }

    @Override
    public boolean readByPeople() {
        return false;
    }

    @Override
    public Object example(FieldDefinition field, String text) {
        return "{}";
    }
}
