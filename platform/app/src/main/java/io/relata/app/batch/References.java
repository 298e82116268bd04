package io.relata.app.batch;

import io.relata.app.json.JsonBodyWriter;
import io.relata.app.json.JsonReader;
import io.relata.app.write.Answered;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records that requests of a batch made or changed, so that later ones name them as `$` and the request's id: at
/// the beginning of an address, or bound to a lookup.
final class References {

    private static final String BIND = "@odata.bind";

    private final Map<String, String> addresses = new HashMap<>();

    /// Remembers what a request was about.
    void add(Part part, Answered answer) {
        if (part.id() != null && answer.status() < 400) {
            String location = answer.header("Location");
            String address = location.isEmpty() ? answer.header("OData-EntityId") : location;
            addresses.put(part.id(), address.isEmpty() ? part.url() : address);
        }
    }

    /// Returns the part with its references replaced.
    Part resolved(Part part) {
        String url = address(part.url());
        return new Part(part.id(), part.method(), url, part.headers(), body(part), part.dependsOn());
    }

    private String address(String written) {
        if (!written.startsWith("$")) {
            return written;
        }
        int slash = written.indexOf('/');
        String id = written.substring(1, slash < 0 ? written.length() : slash);
        String address = addresses.get(id);
        return address == null ? written : address + (slash < 0 ? "" : written.substring(slash));
    }

    private byte[] body(Part part) {
        String text = new String(part.body(), StandardCharsets.UTF_8);
        if (!text.contains(BIND) || !text.contains("$")) {
            return part.body();
        }
        Map<String, @Nullable Object> body = JsonReader.values(new ByteArrayInputStream(part.body()));
        return JsonBodyWriter.text(bound(body)).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, @Nullable Object> bound(Map<?, ?> object) {
        Map<String, @Nullable Object> bound = new LinkedHashMap<>();
        object.forEach((name, value) -> bound.put(
                String.valueOf(name),
                String.valueOf(name).endsWith(BIND) && value instanceof String written
                        ? address(written)
                        : nested(value)));
        return bound;
    }

    private @Nullable Object nested(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> bound(object);
            case List<?> list -> {
                List<@Nullable Object> all = new ArrayList<>();
                list.forEach(one -> all.add(nested(one)));
                yield all;
            }
            case null -> null;
            default -> value;
        };
    }
}
