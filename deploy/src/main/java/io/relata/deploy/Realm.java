package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The realm's definition, filled in with this installation's addresses and secrets.
record Realm(Dist dist, Addresses addresses, Secrets secrets) {

    private static final String FILE = "relata-realm.json";

    /// Puts the definition where Keycloak looks for it while starting; a realm that exists is left alone.
    void placeForImport(Path keycloak) throws IOException {
        Path folder = importFolder(keycloak);
        Files.createDirectories(folder);
        PrivateFiles.write(folder.resolve(FILE), filledIn());
    }

    /// The secrets need not lie there any longer than the import takes.
    static void removeAfterImport(Path keycloak) throws IOException {
        Files.deleteIfExists(importFolder(keycloak).resolve(FILE));
    }

    String filledIn() throws IOException {
        String text = Files.readString(dist.realmTemplate());
        for (Map.Entry<String, String> value : values().entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    /// Where Keycloak tells the platform that somebody signed out elsewhere.
    static String backchannelLogout(Addresses addresses) {
        return addresses.internal(addresses.ports().app()) + "/auth/backchannel-logout";
    }

    private Map<String, String> values() {
        return Map.of(
                "app.backchannel-logout", backchannelLogout(addresses),
                "app.url", addresses.app(),
                "tenant-admin.url", addresses.tenantAdmin(),
                "web.secret", secrets.webClient(),
                "operator.secret", secrets.operatorClient(),
                "operator.password", secrets.operator());
    }

    private static Path importFolder(Path keycloak) {
        return keycloak.resolve("data").resolve("import");
    }
}
