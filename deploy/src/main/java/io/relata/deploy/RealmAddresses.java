package io.relata.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Keeps the realm's clients pointed at the applications when those move to other ports.
record RealmAddresses(Home home, Addresses addresses, Secrets secrets) {

    private static final int MULTIPLE_CHOICES = 300;

    /// Does nothing while the addresses are those of the last start.
    void follow(Http http) throws IOException {
        String current = addresses.app() + " " + addresses.tenantAdmin() + " " + Realm.backchannelLogout(addresses);
        if (Files.exists(file(home)) && Files.readString(file(home)).equals(current)) {
            return;
        }
        String token = administrator(http);
        pointTo(
                http,
                token,
                "relata-web",
                addresses.app(),
                Map.of(
                        "backchannel.logout.url",
                        Realm.backchannelLogout(addresses),
                        "backchannel.logout.session.required",
                        "true"));
        pointTo(http, token, "relata-operator", addresses.tenantAdmin(), Map.of());
        PrivateFiles.write(file(home), current);
    }

    /// Whether the realm was imported and looked after before.
    static boolean known(Home home) {
        return Files.exists(file(home));
    }

    private static Path file(Home home) {
        return home.root().resolve("data").resolve("realm-addresses");
    }

    private String administrator(Http http) throws IOException {
        JsonNode answer = json(http.send(Http.form(
                keycloak() + "/realms/master/protocol/openid-connect/token",
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        KeycloakPart.ADMINISTRATOR,
                        "password",
                        secrets.keycloakAdmin()))));
        return answer.path("access_token").asText();
    }

    private void pointTo(Http http, String token, String clientId, String url, Map<String, String> more)
            throws IOException {
        String clients = keycloak() + "/admin/realms/relata/clients";
        JsonNode found = json(http.send(request(clients + "?clientId=" + clientId, token)))
                .path(0);
        if (!(found instanceof ObjectNode client)) {
            throw new LauncherException("Keycloak has no client " + clientId + " in the realm relata.");
        }
        client.put("rootUrl", url);
        client.putArray("redirectUris").add(url + "/auth/callback");
        ObjectNode attributes = client.withObject("/attributes").put("post.logout.redirect.uris", url + "/*");
        more.forEach(attributes::put);
        json(http.send(request(clients + "/" + client.path("id").asText(), token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(client.toString()))));
    }

    private static HttpRequest.Builder request(String address, String token) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= MULTIPLE_CHOICES) {
            throw new LauncherException("Keycloak answered " + response.statusCode() + " to "
                    + response.request().uri() + ".");
        }
        return PrivateFiles.JSON.readTree(response.body());
    }

    private String keycloak() {
        return addresses.internal(addresses.ports().keycloak());
    }
}
