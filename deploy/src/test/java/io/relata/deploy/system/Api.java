package io.relata.deploy.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Speaks HTTP to one of the product's servers as one caller.
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final String base;
    private final Supplier<Optional<String>> token;

    Api(String base, Supplier<Optional<String>> token) {
        this.base = base;
        this.token = token;
    }

    /// What came back.
    record Answer(int status, Map<String, java.util.List<String>> headers, String text) {

        JsonNode json() {
            try {
                return text.isEmpty() ? NullNode.getInstance() : JSON.readTree(text);
            } catch (IOException exception) {
                throw new UncheckedIOException("Not JSON: " + text, exception);
            }
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }

        String problem() {
            return json().path("type").asText().replace("urn:relata:problem:", "");
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Answer post(String path, Object body, String... headers) {
        return sendJson("POST", path, body, headers);
    }

    /// Makes a record and returns its id.
    String created(String set, Map<String, ?> values) {
        Answer answer = post("/api/v1/data/" + set, values);
        if (answer.status() != 201) {
            throw new AssertionError(answer.status() + ": " + answer.text());
        }
        return answer.json().path("id").asText();
    }

    Answer patch(String path, Object body, String... headers) {
        return sendJson("PATCH", path, body, headers);
    }

    Answer put(String path, Object body, String... headers) {
        return sendJson("PUT", path, body, headers);
    }

    Answer delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    Answer sendJson(String method, String path, Object body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return send(method, path, BodyPublishers.ofString(text(body)), all);
    }

    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        token.get().ifPresent(bearer -> request.setHeader("Authorization", "Bearer " + bearer));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response =
                    HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException exception) {
            throw new UncheckedIOException(method + " " + path, exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(exception);
        }
    }

    /// Sends a CSV and its mapping to the import, as a browser's form would.
    Answer upload(String path, String mapping, String fileName, byte[] csv, String... headers) {
        String boundary = "boundary-" + UUID.randomUUID();
        String head =
                "--%1$s\r\nContent-Disposition: form-data; name=\"mapping\"\r\nContent-Type: application/json\r\n\r\n%2$s\r\n--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%3$s\"\r\nContent-Type: text/csv\r\n\r\n"
                        .formatted(boundary, mapping, fileName);
        String tail = "\r\n--%s--\r\n".formatted(boundary);
        BodyPublisher body = BodyPublishers.ofByteArrays(
                java.util.List.of(head.getBytes(StandardCharsets.UTF_8), csv, tail.getBytes(StandardCharsets.UTF_8)));
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "multipart/form-data; boundary=" + boundary;
        return send("POST", path, body, all);
    }

    /// Returns the query with its values encoded: pairs of option and value.
    static String query(String... options) {
        StringBuilder query = new StringBuilder("?");
        for (int i = 0; i < options.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(options[i], StandardCharsets.UTF_8)
                            .replace("%24", "$"))
                    .append('=')
                    .append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8)
                            .replace("+", "%20"));
        }
        return query.toString();
    }

    private static String text(Object body) {
        try {
            return body instanceof String text ? text : JSON.writeValueAsString(body);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
