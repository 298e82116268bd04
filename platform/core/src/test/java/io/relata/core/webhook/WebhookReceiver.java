package io.relata.core.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/// A system that is told of changes: keeps what it got, and answers as it is told to.
final class WebhookReceiver implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Queue<Message> taken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile ToIntFunction<Message> answers = message -> 204;

    /// What came.
    record Message(Headers headers, String body) {

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }

        String id() {
            return headers.getFirst("webhook-id");
        }

        /// Returns the type and what it says of the name.
        String text() {
            try {
                return json().path("type").asText() + " "
                        + json().path("data")
                                .path("changes")
                                .path(0)
                                .path("after")
                                .asText();
            } catch (IOException exception) {
                throw new IllegalStateException(exception);
            }
        }
    }

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Message message = new Message(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.incrementAndGet();
            int status = answers.applyAsInt(message);
            if (status < 300) {
                taken.add(message);
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    String authority() {
        return "localhost:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + authority() + "/hook";
    }

    void answer(ToIntFunction<Message> with) {
        answers = with;
    }

    /// Returns what was taken since the last time.
    List<Message> take() {
        List<Message> all = new ArrayList<>();
        for (Message next = taken.poll(); next != null; next = taken.poll()) {
            all.add(next);
        }
        return all;
    }

    /// Returns how often it was asked since the last time.
    int asked() {
        return asked.getAndSet(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
