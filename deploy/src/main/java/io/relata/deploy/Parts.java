package io.relata.deploy;

import java.util.List;
import java.util.Map;

/// The four servers of one product.
public record Parts(PostgresPart postgres, KeycloakPart keycloak, LibertyPart app, LibertyPart tenantAdmin) {

    static Parts of(Home home, Dist dist, Addresses addresses, Secrets secrets, boolean training) {
        return new Parts(
                new PostgresPart(home, addresses, secrets),
                new KeycloakPart(home, dist, addresses, secrets),
                new LibertyPart(
                        home,
                        dist,
                        addresses,
                        "app",
                        "Platform",
                        addresses.ports().app(),
                        "768m",
                        appSettings(home, addresses, secrets),
                        training),
                new LibertyPart(
                        home,
                        dist,
                        addresses,
                        "tenant-admin",
                        "Tenant admin",
                        addresses.ports().tenantAdmin(),
                        "384m",
                        tenantAdminSettings(addresses, secrets),
                        training));
    }

    /// In the order in which they are started.
    public List<Part> all() {
        return List.of(postgres, keycloak, tenantAdmin, app);
    }

    private static Map<String, String> appSettings(Home home, Addresses addresses, Secrets secrets) {
        return Map.ofEntries(
                Map.entry("RELATA_HTTP_HOST", addresses.libertyHost()),
                Map.entry("RELATA_HTTP_PORT", String.valueOf(addresses.ports().app())),
                Map.entry("RELATA_PUBLIC_URL", addresses.app()),
                Map.entry("RELATA_DB_HOST", Addresses.LOOPBACK),
                Map.entry("RELATA_DB_PORT", String.valueOf(addresses.ports().postgres())),
                Map.entry("RELATA_DB_NAME", Databases.RELATA),
                Map.entry("RELATA_DB_USER", Databases.APP),
                Map.entry("RELATA_DB_PASSWORD", secrets.relataApp()),
                Map.entry("RELATA_ISSUER", addresses.issuer()),
                Map.entry(
                        "RELATA_KEYCLOAK_URL",
                        addresses.internal(addresses.ports().keycloak())),
                Map.entry("RELATA_WEB_CLIENT_ID", "relata-web"),
                Map.entry("RELATA_WEB_CLIENT_SECRET", secrets.webClient()),
                Map.entry("RELATA_PLUGINS_DIR", home.plugins().toString()),
                Map.entry("RELATA_FILES_DIR", home.files().toString()),
                Map.entry("RELATA_PROFILE", "dev"));
    }

    private static Map<String, String> tenantAdminSettings(Addresses addresses, Secrets secrets) {
        return Map.ofEntries(
                Map.entry("RELATA_HOST", addresses.libertyHost()),
                Map.entry(
                        "RELATA_ADMIN_HTTP_PORT",
                        String.valueOf(addresses.ports().tenantAdmin())),
                Map.entry("RELATA_ADMIN_PUBLIC_URL", addresses.tenantAdmin()),
                Map.entry("RELATA_PUBLIC_URL", addresses.app()),
                Map.entry("RELATA_DB_HOST", Addresses.LOOPBACK),
                Map.entry("RELATA_DB_PORT", String.valueOf(addresses.ports().postgres())),
                Map.entry("RELATA_DB_NAME", Databases.RELATA),
                Map.entry("RELATA_DB_USER", Databases.TENANT_ADMIN),
                Map.entry("RELATA_DB_PASSWORD", secrets.relataTenantAdmin()),
                Map.entry("RELATA_ISSUER", addresses.issuer()),
                Map.entry(
                        "RELATA_KEYCLOAK_URL",
                        addresses.internal(addresses.ports().keycloak())),
                Map.entry("RELATA_OPERATOR_CLIENT_ID", "relata-operator"),
                Map.entry("RELATA_OPERATOR_CLIENT_SECRET", secrets.operatorClient()),
                Map.entry("RELATA_PROFILE", "dev"));
    }
}
