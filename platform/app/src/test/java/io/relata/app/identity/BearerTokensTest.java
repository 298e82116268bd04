package io.relata.app.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.relata.app.identity.TokenVerifier.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BearerTokensTest {

    private static final String ISSUER = "http://localhost/realms/relata";
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final long SKEW = TokenVerifier.SKEW.toSeconds();

    private final AtomicInteger checks = new AtomicInteger();
    private Instant now = NOW;
    private JWK key;
    private BearerTokens tokens;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void trustOneKey() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("realm-key").generate();
        tokens = new BearerTokens(
                new TokenVerifier(
                        Purpose.ACCESS,
                        (selector, context) -> {
                            checks.incrementAndGet();
                            return selector.select(new JWKSet(key));
                        },
                        ISSUER,
                        "relata-api",
                        clock),
                clock);
    }

    @Test
    void checksATokenOnceAMinute() throws Exception {
        String token = token(300);
        VerifiedToken first = tokens.verify(token);
        now = NOW.plusSeconds(59);
        assertThat(tokens.verify(token)).isEqualTo(first);
        assertThat(checks).hasValue(1);

        now = NOW.plusSeconds(61);
        tokens.verify(token);

        assertThat(checks).hasValue(2);
    }

    @Test
    void doesNotBelieveATokenPastItsEnd() throws Exception {
        String token = token(20);
        tokens.verify(token);
        now = NOW.plusSeconds(20 + SKEW + 1);
        assertThatThrownBy(() -> tokens.verify(token)).isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void takesAKnownTokenForNoOther() throws Exception {
        String token = token(300);
        tokens.verify(token);
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        assertThatThrownBy(() -> tokens.verify(forged)).isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() -> tokens.verify(forged)).isInstanceOf(InvalidTokenException.class);
    }

    private String token(int seconds) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("relata-api")
                        .subject(UUID.randomUUID().toString())
                        .issueTime(Date.from(NOW))
                        .expirationTime(Date.from(NOW.plusSeconds(seconds)))
                        .claim("typ", "Bearer")
                        .build());
        token.sign(new RSASSASigner(key.toRSAKey()));
        return token.serialize();
    }
}
