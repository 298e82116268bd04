package io.relata.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/// Get by id and list 50 through the running product's API, beside the same SQL by plain JDBC on the same data.
///
/// The rounds alternate, so that a noisy machine disturbs both sides alike; the medians are compared.
public final class HttpAgainstJdbc {

    private static final int POSTGRES_PORT_OFFSET = 4;
    private static final int CALLERS = 16;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode demo;
    private final JdbcSide jdbc;
    private final String token;

    private HttpAgainstJdbc(JsonNode demo, JdbcSide jdbc, String token) {
        this.demo = demo;
        this.jdbc = jdbc;
        this.token = token;
    }

    /// Prints the table.
    ///
    /// @param arguments the home directory of a product started with `deploy/up`
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        JsonNode demo = JSON.readTree(home.resolve("demo.json").toFile());
        JsonNode acme = demo.path("tenants").path(0);
        JdbcSide jdbc = JdbcSide.of(
                home,
                URI.create(demo.path("baseUrl").asText()).getPort() + POSTGRES_PORT_OFFSET,
                UUID.fromString(acme.path("id").asText()));
        new HttpAgainstJdbc(demo, jdbc, token(demo, acme.path("serviceAccount"))).run();
    }

    private void run() throws Exception {
        List<UUID> ids = jdbc.someIds(1000);
        String list = demo.path("baseUrl").asText() + "/api/v1/data/opportunities?$filter="
                + encode(JdbcSide.ODATA_FILTER) + "&$orderby=" + encode("amount desc") + "&$top=50";
        System.out.printf("| operation | HTTP, per second | JDBC, per second | HTTP / JDBC |%n|---|---|---|---|%n");
        compare("get by id", caller -> getByHttp(ids, caller), caller -> jdbc.get(ids, caller));
        compare("list 50, filter and sort", caller -> () -> send(list), jdbc::list);
    }

    private void compare(String name, IntFunction<Callable<?>> product, IntFunction<Callable<?>> handWritten)
            throws Exception {
        Throughput throughput = new Throughput(CALLERS, ROUND);
        throughput.measure(product);
        throughput.measure(handWritten);
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = throughput.measure(product);
            theirs[round] = throughput.measure(handWritten);
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
                "| %s | %.0f | %.0f | %.2f |%n",
                name, ours[ROUNDS / 2], theirs[ROUNDS / 2], ours[ROUNDS / 2] / theirs[ROUNDS / 2]);
    }

    private Callable<?> getByHttp(List<UUID> ids, int caller) {
        List<URI> uris = new ArrayList<>();
        for (UUID id : ids) {
            uris.add(URI.create(demo.path("baseUrl").asText() + "/api/v1/data/opportunities(" + id + ")"));
        }
        int[] next = {caller * 31};
        return () -> send(uris.get(next[0]++ % uris.size()).toString());
    }

    private String send(String uri) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private static String token(JsonNode demo, JsonNode account) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_id="
                + encode(account.path("clientId").asText()) + "&client_secret="
                + encode(account.path("clientSecret").asText());
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(demo.path("tokenUrl").asText()))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body()).path("access_token").asText();
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
