package io.relata.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Creates a demo tenant with its people and a service account through tenant-admin's API.
record DemoTenants(ApiClient tenantAdmin) {

    /// Creates what is missing; a tenant left half done by an interrupted start is completed.
    DemoFile.Tenant create(DemoManifest manifest) throws IOException {
        String slug = manifest.tenant().slug();
        Optional<JsonNode> existing = StreamSupport.stream(
                        tenantAdmin.get("/api/tenants").path("value").spliterator(), false)
                .filter(tenant -> tenant.path("slug").asText().equals(slug))
                .findFirst();
        JsonNode tenant = existing.isPresent() ? existing.get() : tenantAdmin.post("/api/tenants", body(manifest));
        String path = "/api/tenants/" + tenant.path("id").asText();
        DemoManifest.PersonData administrator = manifest.firstAdministrator();
        for (DemoManifest.PersonData person : manifest.users()) {
            if (!person.equals(administrator)) {
                tenantAdmin.postIfAbsent(path + "/users", body(person));
            }
        }
        // An earlier try may have made one whose secret nobody knows any more: each try makes its own.
        String suffix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        String account = existing.isPresent() ? "demo-" + suffix : "demo";
        JsonNode client =
                tenantAdmin.post(path + "/service-accounts", Map.of("name", account, "role", "administrator"));
        return new DemoFile.Tenant(
                slug,
                manifest.tenant().name(),
                tenant.path("id").asText(),
                users(manifest),
                new DemoFile.Client(
                        client.path("clientId").asText(),
                        client.path("clientSecret").asText()));
    }

    private static List<DemoFile.User> users(DemoManifest manifest) {
        return manifest.users().stream()
                .map(person -> new DemoFile.User(person.username(), person.password(), person.role()))
                .toList();
    }

    private static Map<String, Object> body(DemoManifest manifest) {
        DemoManifest.TenantData tenant = manifest.tenant();
        DemoManifest.PersonData administrator = manifest.firstAdministrator();
        return Map.of(
                "slug", tenant.slug(),
                "name", tenant.name(),
                "locale", tenant.locale(),
                "timeZone", tenant.timeZone(),
                "currency", tenant.currency(),
                "plugins", tenant.plugins(),
                "administrator",
                        Map.of(
                                "username", administrator.username(),
                                "email", administrator.email(),
                                "firstName", administrator.firstName(),
                                "lastName", administrator.lastName(),
                                "password", administrator.password()));
    }

    private static Map<String, Object> body(DemoManifest.PersonData person) {
        return Map.of(
                "username", person.username(),
                "email", person.email(),
                "firstName", person.firstName(),
                "lastName", person.lastName(),
                "role", person.role(),
                "password", person.password());
    }
}
