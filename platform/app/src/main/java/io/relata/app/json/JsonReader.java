package io.relata.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a request's JSON object: one object, no name twice, no more than [#MAX_BYTES], numbers exact.
public final class JsonReader {

    /// The largest body taken.
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 20;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_NAME_LENGTH = 1000;

    /// A few characters of exponent can make a number of billions of digits.
    private static final int MAX_SCALE = 100;

    private static final int LONG_BITS = 63;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxNameLength(MAX_NAME_LENGTH)
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonReader() {}

    /// Returns the members by name: `String`, `Long`, `BigDecimal`, `Boolean`, `null`, or a `Map` or `List` of such.
    public static Map<String, @Nullable Object> values(InputStream body) {
        return read(body, MAX_BYTES, JsonReader::object);
    }

    /// Returns the members by name as [#values] does; none when the body is empty.
    public static Map<String, @Nullable Object> optional(InputStream body) {
        try {
            PushbackInputStream first = new PushbackInputStream(body);
            int one = first.read();
            if (one < 0) {
                return Map.of();
            }
            first.unread(one);
            return values(first);
        } catch (IOException brokenOff) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "body-unreadable");
        }
    }

    /// Hands on the objects in one array member as they are read, so that the body may be larger than fits in memory.
    ///
    /// @param member the array's name; the only member there may be
    /// @param taker  gets each object's members, as [#values] returns them
    public static void items(
            InputStream body, long maxBytes, String member, Consumer<Map<String, @Nullable Object>> taker) {
        read(body, maxBytes, parser -> {
            boolean named = parser.nextToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals(member);
            if (!named || parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed("json-array-expected", parser.currentTokenLocation(), member);
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                taker.accept(object(parser));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != JsonToken.END_OBJECT) {
                throw malformed("json-array-expected", parser.currentTokenLocation(), member);
            }
            return member;
        });
    }

    /// Returns the object as a tree.
    public static ObjectNode tree(InputStream body) {
        return read(body, MAX_BYTES, parser -> {
            if (MAPPER.readTree(parser) instanceof ObjectNode object) {
                return object;
            }
            throw malformed("json-object-expected", parser.currentTokenLocation());
        });
    }

    /// Returns the object as a tree; an empty one when nothing was sent.
    public static ObjectNode treeOrNone(InputStream body) {
        PushbackInputStream sent = new PushbackInputStream(body);
        try {
            int first = sent.read();
            if (first < 0) {
                return MAPPER.createObjectNode();
            }
            sent.unread(first);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return tree(sent);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T> T read(InputStream body, long maxBytes, Reading<T> reading) {
        try (JsonParser parser = MAPPER.createParser(new LimitedInput(body, maxBytes))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("json-object-expected", parser.currentTokenLocation());
            }
            T result = reading.from(parser);
            if (parser.nextToken() != null) {
                throw malformed("malformed-json", parser.currentTokenLocation());
            }
            return result;
        } catch (JsonProcessingException malformed) {
            throw malformed("malformed-json", malformed.getLocation());
        } catch (IOException brokenOff) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "body-unreadable");
        }
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> throw malformed("malformed-json", parser.currentTokenLocation());
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            values.put(name, value(parser));
        }
        return values;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static Object integer(BigInteger number) {
        return number.bitLength() <= LONG_BITS ? (Object) number.longValue() : new BigDecimal(number);
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw malformed("json-number", parser.currentTokenLocation());
        }
        return number;
    }

    private static ProblemException malformed(String detail, @Nullable JsonLocation at, Object... further) {
        int line = at == null ? 1 : at.getLineNr();
        int column = at == null ? 1 : at.getColumnNr();
        return new ProblemException(
                ProblemCode.MALFORMED_JSON,
                detail,
                Stream.concat(Stream.of(line, column), Arrays.stream(further)).toList(),
                List.of(),
                Map.of("line", line, "column", column));
    }
}
