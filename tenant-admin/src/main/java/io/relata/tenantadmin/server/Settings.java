package io.relata.tenantadmin.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the environment says; refuses to start with a sentence for everything that is missing or unsafe.
public record Settings(
        URI publicUrl,
        URI platformUrl,
        URI issuer,
        URI keycloakUrl,
        String operatorClientId,
        String operatorClientSecret,
        String databasePassword,
        boolean production) {

    private static final List<String> REQUIRED = List.of(
            "RELATA_ADMIN_PUBLIC_URL",
            "RELATA_PUBLIC_URL",
            "RELATA_ISSUER",
            "RELATA_KEYCLOAK_URL",
            "RELATA_OPERATOR_CLIENT_ID",
            "RELATA_OPERATOR_CLIENT_SECRET",
            "RELATA_DB_PASSWORD");

    public static Settings of(Map<String, String> environment) {
        List<String> missing = REQUIRED.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Not started: set " + String.join(", ", missing));
        }
        String profile = environment.getOrDefault("RELATA_PROFILE", "production");
        if (!profile.equals("dev") && !profile.equals("production")) {
            throw new IllegalStateException("Not started: RELATA_PROFILE is dev or production, not " + profile);
        }
        Settings settings = new Settings(
                URI.create(environment.getOrDefault("RELATA_ADMIN_PUBLIC_URL", "")),
                URI.create(environment.getOrDefault("RELATA_PUBLIC_URL", "")),
                URI.create(environment.getOrDefault("RELATA_ISSUER", "")),
                URI.create(environment.getOrDefault("RELATA_KEYCLOAK_URL", "")),
                environment.getOrDefault("RELATA_OPERATOR_CLIENT_ID", ""),
                environment.getOrDefault("RELATA_OPERATOR_CLIENT_SECRET", ""),
                environment.getOrDefault("RELATA_DB_PASSWORD", ""),
                profile.equals("production"));
        List<String> unsafe = settings.production() ? settings.unsafe() : List.of();
        if (!unsafe.isEmpty()) {
            throw new IllegalStateException("Not started in production: " + String.join("; ", unsafe));
        }
        return settings;
    }

    /// The realm's name, which ends the issuer.
    public String realm() {
        return issuer.getPath().substring(issuer.getPath().lastIndexOf('/') + 1);
    }

    /// The realm as this server reaches it.
    public URI backchannel() {
        return URI.create(keycloakUrl + "/realms/" + realm());
    }

    public boolean isHttps() {
        return "https".equals(publicUrl.getScheme());
    }

    private List<String> unsafe() {
        List<String> unsafe = new ArrayList<>();
        if (!"https".equals(issuer.getScheme())) {
            unsafe.add("RELATA_ISSUER is not https");
        }
        if (!isHttps()) {
            unsafe.add("RELATA_ADMIN_PUBLIC_URL is not https");
        }
        if (!"https".equals(platformUrl.getScheme())) {
            unsafe.add("RELATA_PUBLIC_URL is not https");
        }
        if (isWeak(operatorClientSecret)) {
            unsafe.add("RELATA_OPERATOR_CLIENT_SECRET is short or meant for development");
        }
        if (isWeak(databasePassword)) {
            unsafe.add("RELATA_DB_PASSWORD is short or meant for development");
        }
        return unsafe;
    }

    private static boolean isWeak(String secret) {
        return secret.length() < 16
                || secret.endsWith("-dev")
                || secret.startsWith("dev-")
                || secret.contains("changeme");
    }

    /// Without secrets, which must not reach a log.
    @Override
    public String toString() {
        return "Settings[" + publicUrl + ", " + issuer + ", production=" + production + "]";
    }
}
