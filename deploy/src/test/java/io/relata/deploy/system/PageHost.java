package io.relata.deploy.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Serves a page that is not ours on loopback, and hands its calls on to the product with a token: what an
/// application router does for pages that are made with a framework of their own.
final class PageHost implements AutoCloseable {

    private static final String RESOURCES = "/resources/";
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "json", "application/json");
    private static final Set<String> OWN_TO_A_CONNECTION =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "expect");
    private static final Set<String> OWN_TO_THE_BROWSER = Set.of("origin", "referer", "cookie");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Path page;
    private final Path resources;
    private final HttpServer server;

    /// @param page      the folder of the page
    /// @param resources the folder of what the page does not have itself under `/resources/`
    PageHost(Path page, Path resources, String product, ClientCredentials credentials) throws IOException {
        this.page = page;
        this.resources = resources;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::file);
        server.createContext("/api/", exchange -> call(exchange, product, credentials));
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// What the page asked the product for, each with its body.
    List<String> calls() {
        return List.copyOf(calls);
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Path file = inside(page, path.equals("/") ? "index.html" : path.substring(1));
        if (file == null && path.startsWith(RESOURCES)) {
            file = inside(resources, path.substring(RESOURCES.length()));
        }
        if (file == null) {
            answer(exchange, 404, new byte[0]);
            return;
        }
        String name = file.getFileName().toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
        answer(exchange, 200, Files.readAllBytes(file));
    }

    private static @Nullable Path inside(Path folder, String name) {
        Path file = folder.resolve(name).normalize();
        return file.startsWith(folder) && Files.isRegularFile(file) ? file : null;
    }

    private void call(HttpExchange exchange, String product, ClientCredentials credentials) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                + new String(body, StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(product + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (handedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.setHeader("Authorization", "Bearer " + credentials.get().orElseThrow());
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers().map().forEach((name, values) -> {
                if (handedOn(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static boolean handedOn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !OWN_TO_A_CONNECTION.contains(name) && !OWN_TO_THE_BROWSER.contains(name) && !name.startsWith(":");
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (exchange) {
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        http.close();
    }
}
