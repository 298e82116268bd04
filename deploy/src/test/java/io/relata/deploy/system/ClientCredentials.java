package io.relata.deploy.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Signs a program in at Keycloak and keeps its token while it is good.
final class ClientCredentials implements Supplier<Optional<String>> {

    private final Api keycloak;
    private final String form;
    private String token = "";
    private Instant goodUntil = Instant.EPOCH;

    ClientCredentials(String tokenUrl, String clientId, String clientSecret) {
        this.keycloak = new Api(tokenUrl, Optional::empty);
        this.form = "grant_type=client_credentials&client_id=" + encode(clientId) + "&client_secret="
                + encode(clientSecret);
    }

    @Override
    public synchronized Optional<String> get() {
        if (Instant.now().isAfter(goodUntil)) {
            Api.Answer answer = keycloak.send(
                    "POST", "", BodyPublishers.ofString(form), "Content-Type", "application/x-www-form-urlencoded");
            if (answer.status() != 200) {
                throw new IllegalStateException("Keycloak answered " + answer.status() + ": " + answer.text());
            }
            JsonNode json = answer.json();
            token = json.path("access_token").asText();
            goodUntil = Instant.now()
                    .plus(Duration.ofSeconds(Math.max(1, json.path("expires_in").asInt() - 20)));
        }
        return Optional.of(token);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
