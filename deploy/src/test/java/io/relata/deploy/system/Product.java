package io.relata.deploy.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.deploy.Progress;
import io.relata.deploy.RunningProduct;
import io.relata.testkit.StatementJudge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// The running product as a test sees it: its addresses, its demo tenants, and new tenants on demand.
final class Product {

    static final Consumer<String> OUTPUT = System.out::println;

    private final Path home;
    private final JsonNode demo;
    private final Api operator;

    /// Returns the product that runs from the home directory.
    static Product at(Path home) throws IOException {
        return new Product(home, Api.JSON.readTree(home.resolve("demo.json").toFile()));
    }

    private Product(Path home, JsonNode demo) {
        this.home = home;
        this.demo = demo;
        this.operator = new Api(
                demo.path("tenantAdminUrl").asText(),
                new ClientCredentials(
                        tokenUrl(),
                        demo.path("operatorClient").path("clientId").asText(),
                        demo.path("operatorClient").path("clientSecret").asText()));
    }

    Path home() {
        return home;
    }

    JsonNode demo() {
        return demo;
    }

    String baseUrl() {
        return demo.path("baseUrl").asText();
    }

    String tenantAdminUrl() {
        return demo.path("tenantAdminUrl").asText();
    }

    String tokenUrl() {
        return demo.path("tokenUrl").asText();
    }

    /// Starts whatever of the product does not run.
    RunningProduct start() {
        try (Progress progress = new Progress(Product.OUTPUT)) {
            return RunningProduct.start(
                    RunningProduct.Settings.forTests(
                            home,
                            Path.of("target", "dist").toAbsolutePath(),
                            URI.create(baseUrl()).getPort()),
                    progress);
        }
    }

    /// The database as its superuser, to look past row-level security.
    Connection superuser() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), "postgres", secret("postgres"));
    }

    /// What the database writes down.
    Path databaseLog() {
        return home.resolve("logs").resolve("postgres.log");
    }

    /// Says of a statement whether it names its tenant.
    StatementJudge judge() {
        return new StatementJudge(databaseUrl(), secret("postgres"));
    }

    private String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + (URI.create(baseUrl()).getPort() + 4) + "/relata";
    }

    /// The password of the one who administers Keycloak itself.
    String keycloakPassword() {
        return secret("keycloakAdmin");
    }

    private String secret(String name) {
        try {
            return Api.JSON
                    .readTree(home.resolve("secrets.json").toFile())
                    .path(name)
                    .asText();
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /// tenant-admin's API, as the operator's own program.
    Api operator() {
        return operator;
    }

    /// The platform's API without credentials.
    Api anonymous() {
        return new Api(baseUrl(), Optional::empty);
    }

    /// The platform's API with whatever is given as a token.
    Api withToken(String token) {
        return new Api(baseUrl(), () -> Optional.of(token));
    }

    /// The platform's API as the service account of a demo tenant.
    Api demoTenant(String slug) {
        return new Api(baseUrl(), demoTenantCredentials(slug));
    }

    /// What the service account of a demo tenant signs in with.
    ClientCredentials demoTenantCredentials(String slug) {
        JsonNode account = demoTenantEntry(slug).path("serviceAccount");
        return new ClientCredentials(
                tokenUrl(),
                account.path("clientId").asText(),
                account.path("clientSecret").asText());
    }

    JsonNode demoTenantEntry(String slug) {
        for (JsonNode tenant : demo.path("tenants")) {
            if (tenant.path("slug").asText().equals(slug)) {
                return tenant;
            }
        }
        throw new IllegalArgumentException("No demo tenant " + slug);
    }

    /// A tenant of the test's own.
    record TestTenant(
            String id, String slug, String administrator, String password, ClientCredentials credentials, Api api) {}

    /// Creates a tenant with the sales plugin, an administrator and a service account.
    TestTenant newTenant() {
        String slug = "t-" + UUID.randomUUID().toString().substring(0, 8);
        String username = slug + "-admin";
        String password = "Test-" + UUID.randomUUID();
        Api.Answer created = operator.post(
                "/api/tenants",
                Map.of(
                        "slug",
                        slug,
                        "name",
                        "Test " + slug,
                        "locale",
                        "en",
                        "timeZone",
                        "Europe/Oslo",
                        "currency",
                        "EUR",
                        "plugins",
                        List.of("sales"),
                        "administrator",
                        Map.of(
                                "username",
                                username,
                                "email",
                                username + "@example.com",
                                "firstName",
                                "Test",
                                "lastName",
                                "Administrator",
                                "password",
                                password)));
        require(created, 201);
        String id = created.json().path("id").asText();
        ClientCredentials credentials = serviceAccount(id, "tests", "administrator");
        return new TestTenant(id, slug, username, password, credentials, new Api(baseUrl(), credentials));
    }

    /// The platform's API as a member of the tenant who is no administrator.
    Api member(TestTenant tenant) {
        return new Api(baseUrl(), serviceAccount(tenant.id(), "member", "user"));
    }

    private ClientCredentials serviceAccount(String tenant, String name, String role) {
        Api.Answer account =
                operator.post("/api/tenants/" + tenant + "/service-accounts", Map.of("name", name, "role", role));
        require(account, 201);
        return new ClientCredentials(
                tokenUrl(),
                account.json().path("clientId").asText(),
                account.json().path("clientSecret").asText());
    }

    private static void require(Api.Answer answer, int status) {
        if (answer.status() != status) {
            throw new IllegalStateException("Expected " + status + ", got " + answer.status() + ": " + answer.text());
        }
    }
}
