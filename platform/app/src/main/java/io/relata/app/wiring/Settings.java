package io.relata.app.wiring;

import io.relata.core.outgoing.Destinations;
import io.relata.core.vault.MasterKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the operator sets through environment variables.
///
/// @param publicUrl   where browsers find the platform, without a path
/// @param issuer      the realm's name in tokens, and where browsers find its pages
/// @param keycloakUrl where this server finds Keycloak
/// @param masterKeys  wrap the keys of what tenants have stored encrypted
/// @param outgoing    where requests may go that tenants have sent, besides the public network
/// @param production  whether developers' defaults are refused
public record Settings(
        URI publicUrl,
        URI issuer,
        URI keycloakUrl,
        String webClientId,
        Secret webClientSecret,
        Path pluginsDir,
        Path filesDir,
        MasterKeys masterKeys,
        Destinations outgoing,
        boolean production) {

    private static final String DEVELOPMENT_MARK = "-dev";
    private static final String MASTER_KEYS = "RELATA_MASTER_KEYS";
    private static final String OUTGOING = "RELATA_OUTGOING_ALLOWED";

    /// Reads the settings, or says everything that is wrong with them.
    ///
    /// @throws UnusableSettingsException when the platform cannot run with them
    public static Settings of(Map<String, String> environment) {
        Reader reader = new Reader(environment, new ArrayList<>());
        Settings settings = new Settings(
                reader.address("RELATA_PUBLIC_URL"),
                reader.address("RELATA_ISSUER"),
                reader.address("RELATA_KEYCLOAK_URL"),
                reader.text("RELATA_WEB_CLIENT_ID"),
                new Secret(reader.text("RELATA_WEB_CLIENT_SECRET")),
                Path.of(reader.text("RELATA_PLUGINS_DIR")),
                Path.of(reader.text("RELATA_FILES_DIR")),
                reader.masterKeys(),
                reader.outgoing(),
                reader.production());
        if (settings.production()) {
            settings.refuseDevelopmentDefaults(environment, reader.faults());
        }
        if (!reader.faults().isEmpty()) {
            throw new UnusableSettingsException(reader.faults());
        }
        return settings;
    }

    /// Returns whether browsers reach the platform over TLS.
    public boolean secure() {
        return "https".equals(publicUrl.getScheme());
    }

    /// Returns the platform's origin, as browsers write it.
    public String origin() {
        return publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
    }

    /// Returns the address of a page of the realm, as this server reaches it.
    public URI realm(String path) {
        return URI.create(withoutSlash(keycloakUrl) + issuer.getPath() + path);
    }

    /// Returns the address of a page of the realm, as a browser reaches it.
    public String realmInBrowser(String path) {
        return withoutSlash(issuer) + path;
    }

    /// Returns the address of a page of the platform, as a browser reaches it.
    public String page(String path) {
        return withoutSlash(publicUrl) + path;
    }

    private void refuseDevelopmentDefaults(Map<String, String> environment, List<String> faults) {
        if (!secure()) {
            faults.add("RELATA_PUBLIC_URL must be https in production");
        }
        if (!"https".equals(issuer.getScheme())) {
            faults.add("RELATA_ISSUER must be https in production");
        }
        if (masterKeys.forDevelopment()) {
            faults.add(MASTER_KEYS + " is not set, or has the key for development");
        }
        for (String secret : List.of("RELATA_WEB_CLIENT_SECRET", "RELATA_DB_PASSWORD")) {
            String value = environment.getOrDefault(secret, "");
            if (value.isBlank() || value.endsWith(DEVELOPMENT_MARK)) {
                faults.add(secret + " is a development default");
            }
        }
    }

    private static String withoutSlash(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private record Reader(Map<String, String> environment, List<String> faults) {

        String text(String name) {
            String value = environment.getOrDefault(name, "").strip();
            if (value.isEmpty()) {
                faults.add(name + " is not set");
            }
            return value;
        }

        URI address(String name) {
            String value = text(name);
            try {
                URI address = new URI(value);
                if (value.isEmpty() || (address.isAbsolute() && address.getHost() != null)) {
                    return address;
                }
            } catch (URISyntaxException notAnAddress) {
                // Said below, with the addresses that lack a host.
            }
            faults.add(name + " is not an absolute address");
            return URI.create("");
        }

        /// Without a setting, the key for development: it is refused in production.
        MasterKeys masterKeys() {
            String value = environment.getOrDefault(MASTER_KEYS, "");
            if (value.isBlank()) {
                return MasterKeys.development();
            }
            return MasterKeys.read(value).orElseGet(() -> {
                faults.add(MASTER_KEYS + " must be name:key, 32 bytes in Base64 each, with commas between");
                return MasterKeys.development();
            });
        }

        Destinations outgoing() {
            List<String> allowed = Arrays.stream(
                            environment.getOrDefault(OUTGOING, "").split(",", -1))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList();
            if (!allowed.stream().allMatch(each -> each.matches("[^/@\\s]+:[0-9]{1,5}"))) {
                faults.add(OUTGOING + " must be host:port, with commas between");
            }
            return new Destinations(allowed);
        }

        boolean production() {
            String profile = environment.getOrDefault("RELATA_PROFILE", "production");
            if (!List.of("dev", "production").contains(profile)) {
                faults.add("RELATA_PROFILE must be dev or production");
            }
            return !"dev".equals(profile);
        }
    }
}
