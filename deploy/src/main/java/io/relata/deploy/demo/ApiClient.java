package io.relata.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.deploy.Http;
import io.relata.deploy.LauncherException;
import io.relata.deploy.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/// Calls one of the product's APIs as a program that signs in with its client id and secret.
final class ApiClient {

    private static final long MARGIN_SECONDS = 30;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int CONFLICT = 409;

    private final Http http;
    private final String baseUrl;
    private final String tokenUrl;
    private final DemoFile.Client client;
    private String token = "";
    private long renewAt = System.nanoTime();

    ApiClient(Http http, String baseUrl, String tokenUrl, DemoFile.Client client) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.tokenUrl = tokenUrl;
        this.client = client;
    }

    JsonNode get(String path) throws IOException {
        return success(send(request(path)));
    }

    JsonNode post(String path, Object body) throws IOException {
        return success(send(postOf(path, body)));
    }

    /// Posts, unless what is posted exists already.
    boolean postIfAbsent(String path, Object body) throws IOException {
        HttpResponse<String> response = send(postOf(path, body));
        if (response.statusCode() == CONFLICT) {
            return false;
        }
        success(response);
        return true;
    }

    JsonNode postMultipart(String path, Multipart body) throws IOException {
        return success(
                send(request(path).header("Content-Type", body.contentType()).POST(body.publisher())));
    }

    private HttpRequest.Builder postOf(String path, Object body) throws IOException {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(PrivateFiles.JSON.writeValueAsString(body)));
    }

    private HttpRequest.Builder request(String path) throws IOException {
        return HttpRequest.newBuilder(URI.create(baseUrl + path))
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        return http.send(request);
    }

    private String token() throws IOException {
        if (System.nanoTime() >= renewAt) {
            JsonNode answer = success(http.send(Http.form(
                    tokenUrl,
                    Map.of(
                            "grant_type", "client_credentials",
                            "client_id", client.clientId(),
                            "client_secret", client.clientSecret()))));
            token = answer.path("access_token").asText();
            long seconds = Math.max(1, answer.path("expires_in").asLong() - MARGIN_SECONDS);
            renewAt = System.nanoTime() + seconds * 1_000_000_000L;
        }
        return token;
    }

    private static JsonNode success(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= MULTIPLE_CHOICES) {
            throw new LauncherException(
                    "The demo cannot be set up: " + response.request().method() + " "
                            + response.request().uri() + " answered " + response.statusCode() + " " + response.body());
        }
        return PrivateFiles.JSON.readTree(response.body());
    }
}
