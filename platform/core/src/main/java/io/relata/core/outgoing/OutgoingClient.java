package io.relata.core.outgoing;

import io.relata.core.outgoing.OutgoingException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// The only way out to addresses that tenants name. Thread-safe.
///
/// A host is resolved once for each connection, each of its addresses is checked, and the connection goes to one of
/// those that were checked: a name that means something else a moment later changes nothing. Redirects are not
/// followed, no cookie is kept, no proxy is asked, and nothing of an answer but its status is given to anybody.
public final class OutgoingClient implements AutoCloseable {

    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final TimeValue KEPT = TimeValue.ofSeconds(30);
    private static final TimeValue UNTESTED = TimeValue.ofMilliseconds(500);
    private static final int CONNECTIONS = 64;
    private static final int CONNECTIONS_OF_HOST = 8;

    /// So much of an answer's body is read away, so that the connection can be used again.
    private static final int READ = 16 * 1024;

    private final Destinations destinations;
    private final Duration patience;
    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("relata-outgoing").factory());

    public OutgoingClient(Destinations destinations) {
        this(destinations, Duration.ofSeconds(15));
    }

    /// @param patience how long a request may take in all, however slowly the answer trickles in
    OutgoingClient(Destinations destinations, Duration patience) {
        this.destinations = destinations;
        this.patience = patience;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(destinations))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(SILENCE)
                                .setTimeToLive(KEPT)
                                .setValidateAfterInactivity(UNTESTED)
                                .build())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS_OF_HOST)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(SILENCE)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /// What was answered.
    public record Answer(int status, Duration took) {}

    /// Returns the addresses that may be named.
    public Destinations destinations() {
        return destinations;
    }

    /// Posts the body and waits for the answer, up to 15 seconds.
    ///
    /// @throws OutgoingException when there was no answer
    public Answer post(URI address, Map<String, String> headers, byte[] body) throws OutgoingException {
        if (destinations.fault(address).isPresent()) {
            throw new OutgoingException(Reason.REFUSED, new IllegalArgumentException(address.toString()));
        }
        try {
            return send(address, headers, body);
        } catch (NoHttpResponseException closed) {
            // A kept connection that the other side has just closed says nothing about the other side.
            return again(address, headers, body);
        }
    }

    private Answer again(URI address, Map<String, String> headers, byte[] body) throws OutgoingException {
        try {
            return send(address, headers, body);
        } catch (NoHttpResponseException silent) {
            throw new OutgoingException(Reason.BROKEN, silent);
        }
    }

    private Answer send(URI address, Map<String, String> headers, byte[] body)
            throws OutgoingException, NoHttpResponseException {
        HttpPost request = new HttpPost(address);
        headers.forEach(request::setHeader);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        long begin = System.nanoTime();
        ScheduledFuture<?> end = watch.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
        try (ClassicHttpResponse response = http.executeOpen(null, request, null)) {
            Answer answer = new Answer(response.getCode(), Duration.ofNanos(System.nanoTime() - begin));
            readAway(response);
            return answer;
        } catch (NoHttpResponseException silent) {
            throw silent;
        } catch (IOException exception) {
            throw new OutgoingException(request.isCancelled() ? Reason.TIMEOUT : reason(exception), exception);
        } finally {
            end.cancel(false);
        }
    }

    /// What is longer, or does not come, costs the connection and nothing else.
    private static void readAway(ClassicHttpResponse response) {
        if (response.getEntity() != null) {
            try {
                InputStream content = response.getEntity().getContent();
                content.readNBytes(READ);
            } catch (IOException unread) {
                // The status has been received.
            }
        }
    }

    private static Reason reason(IOException exception) {
        return switch (exception) {
            case Destinations.RefusedException refused -> Reason.REFUSED;
            case UnknownHostException unknown -> Reason.UNKNOWN_HOST;
            case SSLException tls -> Reason.TLS;
            case InterruptedIOException late -> Reason.TIMEOUT;
            case ConnectException nobody -> Reason.NO_CONNECTION;
            case NoRouteToHostException nobody -> Reason.NO_CONNECTION;
            default -> Reason.BROKEN;
        };
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            http.close();
        } catch (IOException exception) {
            // There is nothing left to be sent.
        }
    }

    /// Asks for a host's addresses through the [Destinations].
    private record Checked(Destinations destinations) implements DnsResolver {

        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return destinations.resolve(host, port);
        }

        /// Without the port it is not known whether the operator lets it through: nobody connects this way.
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
