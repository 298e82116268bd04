package io.relata.app.wiring;

import java.util.LinkedHashMap;
import java.util.Map;

/// Settings as a developer's machine has them.
public final class TestSettings {

    private TestSettings() {}

    public static Settings development() {
        return Settings.of(environment());
    }

    static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("RELATA_PUBLIC_URL", "http://localhost:9480");
        environment.put("RELATA_ISSUER", "http://localhost:9482/realms/relata");
        environment.put("RELATA_KEYCLOAK_URL", "http://127.0.0.1:9482/");
        environment.put("RELATA_WEB_CLIENT_ID", "relata-web");
        environment.put("RELATA_WEB_CLIENT_SECRET", "web-dev");
        environment.put("RELATA_DB_PASSWORD", "app-dev");
        environment.put("RELATA_PLUGINS_DIR", "plugins");
        environment.put("RELATA_FILES_DIR", "files");
        environment.put("RELATA_PROFILE", "dev");
        return environment;
    }
}
