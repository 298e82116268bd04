package io.relata.tenantadmin.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    private Tokens tokens;

    @BeforeEach
    void prepare() throws JOSEException {
        tokens = new Tokens();
    }

    @Test
    void acceptsAnOperatorsToken() throws JOSEException {
        JWTClaimsSet claims = tokens.verifier()
                .verifyAccess(tokens.sign(tokens.access().build()))
                .orElseThrow();

        assertThat(AccessTokens.operator(claims)).contains(new Operator("op-1", "olga", "Olga Operator"));
    }

    @Test
    void toleratesThirtySecondsOfClockSkew() throws JOSEException {
        String token = tokens.sign(tokens.access().build());

        tokens.clock.advance(Duration.ofMinutes(5).plusSeconds(29));
        assertThat(tokens.verifier().verifyAccess(token)).isPresent();
        tokens.clock.advance(Duration.ofSeconds(2));
        assertThat(tokens.verifier().verifyAccess(token)).isEmpty();
    }

    @Test
    void refusesTokensForOthers() throws JOSEException {
        assertRefused(tokens.sign(tokens.access().audience("relata-api").build()));
        assertRefused(tokens.sign(tokens.access().audience((String) null).build()));
        assertRefused(tokens.sign(tokens.access().issuer(Tokens.ISSUER + "2").build()));
    }

    @Test
    void refusesTokensThatNeverExpire() throws JOSEException {
        assertRefused(tokens.sign(tokens.access().expirationTime(null).build()));
    }

    @Test
    void refusesTokensFromTheFuture() throws JOSEException {
        assertRefused(tokens.sign(tokens.access()
                .notBeforeTime(Date.from(tokens.clock.instant().plusSeconds(60)))
                .build()));
    }

    @Test
    void refusesAnIdTokenAsAccess() throws JOSEException {
        String id = tokens.sign(tokens.id("n")
                .claim("realm_access", Map.of("roles", List.of("operator")))
                .build());

        assertRefused(id);
        assertThat(tokens.verifier().verifyId(id)).isPresent();
    }

    @Test
    void refusesUnsignedAndWronglySignedTokens() throws JOSEException {
        JWTClaimsSet claims = tokens.access().build();
        assertRefused(new PlainJWT(claims).serialize());
        assertRefused(Tokens.sign(claims, new RSAKeyGenerator(2048).keyID("k1").generate()));

        SignedJWT withPublicKey = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        withPublicKey.sign(new MACSigner(tokens.key.toRSAPublicKey().getEncoded()));
        assertRefused(withPublicKey.serialize());

        SignedJWT otherAlgorithm = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS384).keyID("k1").build(), claims);
        otherAlgorithm.sign(new RSASSASigner(tokens.key));
        assertRefused(otherAlgorithm.serialize());
    }

    @Test
    void refusesAChangedToken() throws JOSEException {
        String[] parts = tokens.sign(tokens.access().build()).split("\\.", -1);
        String[] others = tokens.sign(tokens.access().subject("op-2").build()).split("\\.", -1);

        assertRefused(parts[0] + "." + others[1] + "." + parts[2]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30."})
    void refusesWhatIsNoToken(String text) {
        assertRefused(text);
    }

    @Test
    void knowsWhoIsNoOperator() throws JOSEException {
        for (Object access :
                List.of(Map.of("roles", List.of("other")), Map.of("roles", "operator"), Map.of(), "operator")) {
            assertThat(AccessTokens.operator(
                            tokens.access().claim("realm_access", access).build()))
                    .isEmpty();
        }
    }

    private void assertRefused(String token) {
        assertThat(tokens.verifier().verifyAccess(token)).isEmpty();
    }
}
