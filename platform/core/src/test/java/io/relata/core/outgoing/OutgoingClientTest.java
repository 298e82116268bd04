package io.relata.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.relata.core.outgoing.OutgoingException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutgoingClientTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private String inside;
    private OutgoingClient client;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/ok", exchange -> answer(exchange, 204, -1));
        server.createContext("/big", exchange -> answer(exchange, 200, 50_000_000));
        server.createContext("/elsewhere", exchange -> {
            exchange.getResponseHeaders().add("Location", "/ok");
            answer(exchange, 302, -1);
        });
        server.createContext("/silent", exchange -> await());
        server.start();
        inside = "localhost:" + server.getAddress().getPort();
        client = new OutgoingClient(new Destinations(List.of(inside)), Duration.ofMillis(700));
    }

    @AfterEach
    void stop() {
        over.countDown();
        client.close();
        server.stop(0);
    }

    private void await() {
        asked.incrementAndGet();
        try {
            over.await();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, int status, long length) throws IOException {
        asked.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (long sent = 0; sent < length; sent += 1_000) {
                out.write(new byte[1_000]);
            }
        } catch (IOException unread) {
            // The client has seen enough.
        }
    }

    private OutgoingClient.Answer post(String path) throws OutgoingException {
        return client.post(URI.create("http://" + inside + path), Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }

    private Reason failure(String address) {
        return catchThrowableOfType(
                        OutgoingException.class, () -> client.post(URI.create(address), Map.of(), new byte[0]))
                .reason();
    }

    @Test
    void tellsTheStatusAndNothingElse() throws OutgoingException {
        assertThat(post("/ok").status()).isEqualTo(204);
        assertThat(post("/big").status()).isEqualTo(200);
        assertThat(post("/ok").status()).isEqualTo(204);
    }

    @Test
    void doesNotGoWhereItIsSent() throws OutgoingException {
        assertThat(post("/elsewhere").status()).isEqualTo(302);
        assertThat(asked).hasValue(1);
    }

    @Test
    void waitsForSoLongAndNoLonger() {
        assertThat(failure("http://" + inside + "/silent")).isEqualTo(Reason.TIMEOUT);
    }

    /// One byte now and then keeps a socket awake for ever.
    @Test
    void anAnswerThatTricklesInIsNotWaitedFor() throws IOException {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OutgoingClient patient = new OutgoingClient(
                        new Destinations(List.of("localhost:" + slow.getLocalPort())), Duration.ofMillis(700))) {
            Thread.ofPlatform().daemon().start(() -> trickle(slow));
            assertThat(catchThrowableOfType(
                                    OutgoingException.class,
                                    () -> patient.post(
                                            URI.create("http://localhost:" + slow.getLocalPort() + "/"),
                                            Map.of(),
                                            new byte[0]))
                            .reason())
                    .isEqualTo(Reason.TIMEOUT);
        }
    }

    private static void trickle(ServerSocket slow) {
        try (Socket socket = slow.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1_000_000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException over) {
            // The client has given up.
        }
    }

    @Test
    void reachesNothingInside() {
        String port = inside.substring(inside.indexOf(':'));
        for (String host :
                List.of("127.0.0.1", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254")) {
            assertThat(failure("https://" + host + port + "/ok")).as(host).isEqualTo(Reason.REFUSED);
        }
        assertThat(failure("http://127.0.0.1" + port + "/ok")).isEqualTo(Reason.REFUSED);
        assertThat(asked).hasValue(0);
    }

    @Test
    void saysWhyNobodyAnswered() throws IOException {
        String closed = "localhost:" + freePort();
        try (OutgoingClient other = new OutgoingClient(new Destinations(List.of(closed)))) {
            assertThat(catchThrowableOfType(
                                    OutgoingException.class,
                                    () -> other.post(URI.create("http://" + closed + "/"), Map.of(), new byte[0]))
                            .reason())
                    .isEqualTo(Reason.NO_CONNECTION);
        }
        assertThat(failure("https://no-such-host.invalid/")).isEqualTo(Reason.UNKNOWN_HOST);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void speaksNothingButTlsWhereThatWasAskedFor() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OutgoingClient other =
                        new OutgoingClient(new Destinations(List.of("localhost:" + plain.getLocalPort())))) {
            Thread.ofPlatform().daemon().start(() -> trickle(plain));
            assertThat(catchThrowableOfType(
                                    OutgoingException.class,
                                    () -> other.post(
                                            URI.create("https://localhost:" + plain.getLocalPort() + "/"),
                                            Map.of(),
                                            new byte[0]))
                            .reason())
                    .isEqualTo(Reason.TLS);
        }
    }
}
