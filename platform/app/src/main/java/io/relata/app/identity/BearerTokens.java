package io.relata.app.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/// Access tokens as API clients send them: with every call the same one, so that its signature is checked once and
/// then not again for [#KEPT]. Who its bearer is today, as a member of which tenant, is asked on every call elsewhere.
///
/// Kept is a token's hash, not the token. Refused tokens are not kept.
public final class BearerTokens {

    /// How long a verified token is believed without looking again, though never past its end. A signing key that
    /// was withdrawn counts no longer than this.
    public static final Duration KEPT = Duration.ofMinutes(1);

    private static final int MOST = 50_000;

    private final TokenVerifier verifier;
    private final Clock clock;
    private final Cache<String, VerifiedToken> known;

    public BearerTokens(TokenVerifier verifier, Clock clock) {
        this.verifier = verifier;
        this.clock = clock;
        this.known = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(KEPT)
                .maximumSize(MOST)
                .build();
    }

    /// Returns what the token says.
    ///
    /// @throws InvalidTokenException    when it is not to be believed
    /// @throws KeysUnavailableException when that cannot be told now
    public VerifiedToken verify(String token) throws InvalidTokenException {
        String hash = hash(token);
        VerifiedToken kept = known.getIfPresent(hash);
        if (kept != null && lasts(kept)) {
            return kept;
        }
        VerifiedToken verified = verifier.verify(token);
        known.put(hash, verified);
        return verified;
    }

    private boolean lasts(VerifiedToken token) {
        Instant end = token.expiresAt();
        return end != null && clock.instant().isBefore(end);
    }

    private static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
