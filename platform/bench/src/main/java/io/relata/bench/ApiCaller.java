package io.relata.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Calls addresses with a token, on connections that are kept.
record ApiCaller(String token) {

    /// Gets, or posts where there is a body; returns what is answered.
    ///
    /// @throws IOException when it is refused
    byte[] call(String uri, byte @Nullable [] body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(uri).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Accept", "application/json");
        if (body != null) {
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        if (status >= 300) {
            try (InputStream refusal = connection.getErrorStream()) {
                throw new IOException(status + ": " + new String(refusal.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        try (InputStream answer = connection.getInputStream()) {
            return answer.readAllBytes();
        }
    }
}
