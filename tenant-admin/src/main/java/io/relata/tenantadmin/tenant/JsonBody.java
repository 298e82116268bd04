package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;

/// Reads a request's body: one JSON object, in valid UTF-8, of bounded size.
final class JsonBody {
    private static final int MOST_BYTES = 64 * 1024;

    private JsonBody() {}

    static JsonObject read(InputStream body) {
        byte[] bytes;
        try {
            bytes = body.readNBytes(MOST_BYTES + 1);
        } catch (IOException broken) {
            throw malformed(broken);
        }
        if (bytes.length > MOST_BYTES) {
            throw new ProblemException(ProblemCode.TOO_LARGE);
        }
        try (JsonParser parser = Json.createParser(new StringReader(decode(bytes)))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw new ProblemException(ProblemCode.MALFORMED_JSON);
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new ProblemException(ProblemCode.MALFORMED_JSON);
            }
            return object;
        } catch (JsonException | NoSuchElementException notJson) {
            throw malformed(notJson);
        }
    }

    /// For requests whose body may be left out.
    static JsonObject readOptional(InputStream body) {
        try {
            byte[] first = body.readNBytes(MOST_BYTES + 1);
            return first.length == 0 ? JsonObject.EMPTY_JSON_OBJECT : read(new ByteArrayInputStream(first));
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed(notUtf8);
        }
    }

    private static ProblemException malformed(Exception cause) {
        return new ProblemException(ProblemCode.MALFORMED_JSON, List.of(), cause);
    }
}
