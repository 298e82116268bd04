package io.relata.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What was started last, so that status and down find it and up notices what has changed since.
///
/// @param addresses where the parts listen
/// @param build     which assembled product they are of
record LastStart(Addresses addresses, String build) {

    static Optional<LastStart> of(Home home) {
        try {
            if (!Files.exists(file(home))) {
                return Optional.empty();
            }
            JsonNode json = PrivateFiles.JSON.readTree(file(home).toFile());
            Addresses addresses = new Addresses(
                    new Ports(json.path("portBase").asInt()),
                    json.path("listen").asText());
            return Optional.of(new LastStart(addresses, json.path("build").asText()));
        } catch (IOException e) {
            throw new LauncherException(file(home) + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void remember(Home home) throws IOException {
        PrivateFiles.writeJson(
                file(home), Map.of("portBase", addresses.ports().base(), "listen", addresses.listen(), "build", build));
    }

    private static Path file(Home home) {
        return home.run().resolve("last-start.json");
    }
}
