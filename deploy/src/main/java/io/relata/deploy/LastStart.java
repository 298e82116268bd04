package io.relata.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the parts listened at the last start, so that status and down find them.
final class LastStart {

    private LastStart() {}

    static Optional<Addresses> of(Home home) {
        try {
            if (!Files.exists(file(home))) {
                return Optional.empty();
            }
            JsonNode json = PrivateFiles.JSON.readTree(file(home).toFile());
            return Optional.of(new Addresses(
                    new Ports(json.path("portBase").asInt()),
                    json.path("listen").asText()));
        } catch (IOException e) {
            throw new LauncherException(file(home) + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    static void remember(Home home, Addresses addresses) throws IOException {
        PrivateFiles.writeJson(file(home), Map.of("portBase", addresses.ports().base(), "listen", addresses.listen()));
    }

    private static Path file(Home home) {
        return home.run().resolve("addresses.json");
    }
}
