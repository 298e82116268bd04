package io.relata.app.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;

/// The realm's public keys: fetched once in a while, and at once (but not too often) when a token names a key
/// not seen before.
public final class SigningKeys {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 256 * 1024;
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration REFRESH_WAIT = Duration.ofSeconds(10);
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);

    private SigningKeys() {}

    /// Returns the keys published at the address.
    ///
    /// @param refreshInterval how often made-up key names can make us ask for the keys again
    public static JWKSource<SecurityContext> at(URI address, Duration refreshInterval) {
        int timeout = (int) TIMEOUT.toMillis();
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            address.toURL(), new DefaultResourceRetriever(timeout, timeout, MAX_BYTES))
                    .cache(KEPT.toMillis(), REFRESH_WAIT.toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(refreshInterval.toMillis())
                    .retrying(true)
                    .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException exception) {
            throw new IllegalArgumentException("Not an address: " + address, exception);
        }
    }
}
