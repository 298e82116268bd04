package io.relata.app.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request of a batch.
///
/// @param id        by which others refer to it; `null` when it has none
/// @param url       as it was written
/// @param headers   by name in small letters
/// @param dependsOn the ids of requests and groups without whose success it is not carried out
@SuppressWarnings("ArrayRecordComponent") // Nobody compares parts.
record Part(
        @Nullable String id,
        String method,
        String url,
        Map<String, String> headers,
        byte[] body,
        List<String> dependsOn) {

    Part {
        headers = Map.copyOf(headers);
        dependsOn = List.copyOf(dependsOn);
    }

    boolean reads() {
        return method.equals("GET");
    }
}
