package io.relata.deploy.demo;

import io.relata.deploy.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// How far the demo has come; saved after every step, so that an interrupted start goes on where it was.
///
/// @param tenants  finished or begun tenants by slug, with what can be learned only once
/// @param imported finished imports, as `slug/mapping`
/// @param finished tenants that need nothing more
record DemoState(Map<String, DemoFile.Tenant> tenants, Set<String> imported, Set<String> finished) {

    static DemoState load(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new DemoState(new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        }
        return PrivateFiles.JSON.readValue(file.toFile(), DemoState.class);
    }

    void save(Path file) throws IOException {
        PrivateFiles.writeJson(file, this);
    }
}
