package io.relata.app.batch;

import io.relata.app.json.JsonBodyWriter;
import io.relata.app.json.JsonReader;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads batches in the form of OData 4.01: one JSON object with the member `requests`.
final class JsonBatch {

    private final List<Unit> units = new ArrayList<>();
    private final List<Part> open = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable String group;

    private JsonBatch() {}

    static List<Unit> read(InputStream body) {
        JsonBatch batch = new JsonBatch();
        JsonReader.items(body, Batches.MAX_BYTES, "requests", batch::add);
        batch.close();
        return batch.units;
    }

    private void add(Map<String, @Nullable Object> request) {
        int place = units.size() + open.size() + 1;
        Batches.requireFew(units, open.size() + 1);
        String id = text(request, "id", place);
        String asked = request.get("atomicityGroup") == null ? null : text(request, "atomicityGroup", place);
        List<String> dependsOn = dependsOn(request);
        if (asked == null || !asked.equals(group)) {
            close();
            if (asked != null && !names.add(asked)) {
                throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-group-apart");
            }
        }
        group = asked;
        if (!names.add(id)) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-id");
        }
        open.add(new Part(
                id,
                text(request, "method", place).toUpperCase(Locale.ROOT),
                text(request, "url", place),
                headers(request, place),
                body(request.get("body")),
                dependsOn));
        if (group == null) {
            close();
        }
    }

    private void close() {
        if (!open.isEmpty()) {
            units.add(new Unit(group, open));
            open.clear();
        }
        group = null;
    }

    private List<String> dependsOn(Map<String, @Nullable Object> request) {
        List<String> ids = new ArrayList<>();
        if (request.get("dependsOn") instanceof List<?> list) {
            list.forEach(id -> ids.add(String.valueOf(id)));
        }
        if (!names.containsAll(ids)) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-depends");
        }
        return ids;
    }

    private static String text(Map<String, @Nullable Object> request, String member, int place) {
        if (request.get(member) instanceof String text && !text.isBlank()) {
            return text;
        }
        if (member.equals("id")) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "batch-id");
        }
        throw Batches.malformed(place);
    }

    private static Map<String, String> headers(Map<String, @Nullable Object> request, int place) {
        Map<String, String> headers = new TreeMap<>();
        Object given = request.get("headers");
        if (given instanceof Map<?, ?> map) {
            map.forEach(
                    (name, value) -> headers.put(String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(value)));
        } else if (given != null) {
            throw Batches.malformed(place);
        }
        if (request.get("body") != null) {
            headers.putIfAbsent("content-type", "application/json");
        }
        return headers;
    }

    private static byte[] body(@Nullable Object body) {
        return switch (body) {
            case null -> new byte[0];
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JsonBodyWriter.text(body).getBytes(StandardCharsets.UTF_8);
        };
    }
}
