package io.relata.app.write;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.app.json.JsonBodyWriter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// An answer as it goes over the line.
@SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
public record Answered(int status, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Renders an answer whose entity is JSON, text, bytes or a stream.
    public static Answered of(Response response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.getStringHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return new Answered(response.getStatus(), headers, bytes(response.getEntity()));
    }

    private static byte[] bytes(Object entity) {
        return switch (entity) {
            case null -> new byte[0];
            case byte[] bytes -> bytes;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case StreamingOutput stream -> written(stream);
            default -> JsonBodyWriter.text(entity).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] written(StreamingOutput stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            stream.write(bytes);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    /// Returns the answer to be sent.
    public Response toResponse() {
        Response.ResponseBuilder answer = Response.status(status);
        headers.forEach(answer::header);
        return body.length == 0 ? answer.build() : answer.entity(body).build();
    }

    /// Returns the header; an empty text when there is none.
    public String header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /// Returns whether the body is JSON.
    public boolean json() {
        String type = header(HttpHeaders.CONTENT_TYPE);
        return type.startsWith("application/json") || type.startsWith("application/problem+json");
    }

    /// Returns answers in a form to be kept.
    static byte[] packed(List<Answered> answers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            JSON.writeValue(zip, answers);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }

    static List<Answered> unpacked(byte[] packed) {
        try (InputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return JSON.readValue(zip, new TypeReference<List<Answered>>() {});
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
