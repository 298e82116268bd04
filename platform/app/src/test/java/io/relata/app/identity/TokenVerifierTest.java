package io.relata.app.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.relata.app.identity.TokenVerifier.Purpose;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {

    private static final String ISSUER = "http://localhost/realms/relata";
    private static final String AUDIENCE = "relata-api";
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final UUID SUBJECT = UUID.fromString("8a4a0f52-3a3c-4c8e-9f1a-111111111111");

    private final AtomicInteger fetches = new AtomicInteger();
    private volatile String published = "";
    private RSAKey key;
    private HttpServer server;
    private TokenVerifier verifier;

    @BeforeEach
    void publishKey() throws IOException, JOSEException {
        key = rsa("realm-key");
        publish(key);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/certs", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        verifier = verifier(Purpose.ACCESS, Duration.ofMinutes(5));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsSubjectOrganizationAndSession() throws Exception {
        VerifiedToken token = verifier.verify(signed(claims().build()));
        assertThat(token)
                .isEqualTo(new VerifiedToken(SUBJECT, Optional.of("org-1"), "sid-1", "alice", NOW.plusSeconds(300)));
    }

    @Test
    void rejectsTokenWithoutSignature() {
        rejects(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void rejectsTokenWithoutSignatureThatClaimsOne() {
        String[] parts = new PlainJWT(claims().build()).serialize().split("\\.", -1);
        rejects(parts[0] + "." + parts[1] + ".c2lnbmF0dXJl");
    }

    @Test
    void rejectsPublicKeyUsedAsSharedSecret() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims().build());
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        rejects(token.serialize());
    }

    @Test
    void rejectsOtherRsaAlgorithms() throws Exception {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            rejects(signed(algorithm, JOSEObjectType.JWT, key, claims().build()));
        }
    }

    @Test
    void rejectsForeignKeyUnderOurName() throws Exception {
        rejects(signed(JWSAlgorithm.RS256, JOSEObjectType.JWT, rsa(key.getKeyID()), claims().build()));
    }

    @Test
    void rejectsForeignKeyUnderItsOwnName() throws Exception {
        rejects(signed(JWSAlgorithm.RS256, JOSEObjectType.JWT, rsa("../../etc/key"), claims().build()));
    }

    @Test
    void rejectsOtherIssuer() throws Exception {
        rejects(signed(claims().issuer("http://localhost/realms/master").build()));
    }

    @Test
    void rejectsOtherAudience() throws Exception {
        rejects(signed(claims().audience("account").build()));
        rejects(signed(claims().audience((String) null).build()));
    }

    @Test
    void acceptsOneOfSeveralAudiences() throws Exception {
        assertThat(verifier.verify(signed(
                                claims().audience(List.of("account", AUDIENCE)).build()))
                        .subject())
                .isEqualTo(SUBJECT);
    }

    @Test
    void rejectsOtherTypes() throws Exception {
        rejects(signed(claims().claim("typ", "ID").build()));
        rejects(signed(claims().claim("typ", "Refresh").build()));
        rejects(signed(claims().claim("typ", null).build()));
        rejects(signed(JWSAlgorithm.RS256, new JOSEObjectType("secevent+jwt"), key, claims().build()));
    }

    @Test
    void rejectsExpiredTokenOnlyAfterTheSkew() throws Exception {
        assertThat(verifier.verify(signed(claims().expirationTime(at(-29)).build()))
                        .subject())
                .isEqualTo(SUBJECT);
        rejects(signed(claims().expirationTime(at(-31)).build()));
        rejects(signed(claims().expirationTime(null).build()));
    }

    @Test
    void rejectsTokenOfTheFuture() throws Exception {
        assertThat(verifier.verify(signed(claims().notBeforeTime(at(29)).build()))
                        .subject())
                .isEqualTo(SUBJECT);
        rejects(signed(claims().notBeforeTime(at(31)).build()));
    }

    @Test
    void rejectsChangedClaims() throws Exception {
        String[] parts = signed(claims().build()).split("\\.", -1);
        JWTClaimsSet changed = claims().claim("organization", Map.of("b", Map.of("id", "org-2")))
                .build();
        String other = new PlainJWT(changed).serialize().split("\\.", -1)[1];
        rejects(parts[0] + "." + other + "." + parts[2]);
    }

    @Test
    void rejectsWhatIsNoToken() {
        rejects("");
        rejects("a.b.c");
        rejects("x".repeat(20_000));
        rejects("..");
    }

    @Test
    void rejectsSubjectThatIsNoId() throws Exception {
        rejects(signed(claims().subject("alice").build()));
        rejects(signed(claims().subject(null).build()));
    }

    @Test
    void knowsNoOrganizationWhenItIsNotSaidWhich() throws Exception {
        assertThat(organization(Map.of("a", Map.of("id", "1"), "b", Map.of("id", "2"))))
                .isEmpty();
        assertThat(organization(Map.of())).isEmpty();
        assertThat(organization(List.of("acme"))).isEmpty();
        assertThat(organization(Map.of("acme", Map.of("name", "Acme")))).isEmpty();
        assertThat(organization("acme")).isEmpty();
    }

    @Test
    void findsNewKeyWithoutWaitingForTheCache() throws Exception {
        verifier.verify(signed(claims().build()));
        RSAKey next = rsa("next-key");
        publish(next);
        assertThat(verifier.verify(signed(JWSAlgorithm.RS256, JOSEObjectType.JWT, next, claims().build()))
                        .subject())
                .isEqualTo(SUBJECT);
    }

    @Test
    void doesNotAskForKeysWithEveryMadeUpName() throws Exception {
        for (int i = 0; i < 20; i++) {
            rejects(signed(JWSAlgorithm.RS256, JOSEObjectType.JWT, rsa("made-up-" + i), claims().build()));
        }
        assertThat(fetches.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void saysThatKeysCannotBeHadInsteadOfBlamingTheToken() {
        server.stop(0);
        assertThatThrownBy(() -> verifier.verify(signed(claims().build())))
                .isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void bindsIdTokenToItsSignIn() throws Exception {
        TokenVerifier identity = verifier(Purpose.IDENTITY, Duration.ofMinutes(5));
        String token = signed(claims().claim("typ", "ID").claim("nonce", "n1").build());
        assertThat(identity.verify(token, "n1").subject()).isEqualTo(SUBJECT);
        assertThatThrownBy(() -> identity.verify(token, "n2")).isInstanceOf(InvalidTokenException.class);
        String without = signed(claims().claim("typ", "ID").build());
        assertThatThrownBy(() -> identity.verify(without, "n1")).isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void takesNothingButLogoutTokensForLogout() throws Exception {
        TokenVerifier logout = verifier(Purpose.LOGOUT, Duration.ofMinutes(5));
        Map<String, Object> event = Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
        JWTClaimsSet.Builder claims = claims().claim("typ", "Logout").claim("events", event);
        assertThat(logout.verify(signed(claims.build())).sessionId()).isEqualTo("sid-1");
        String withNonce = signed(claims.claim("nonce", "n").build());
        assertThatThrownBy(() -> logout.verify(withNonce)).isInstanceOf(InvalidTokenException.class);
        String otherEvent = signed(claims().claim("typ", "Logout")
                .claim("events", Map.of("x", Map.of()))
                .build());
        assertThatThrownBy(() -> logout.verify(otherEvent)).isInstanceOf(InvalidTokenException.class);
    }

    private Optional<String> organization(Object claim) throws Exception {
        return verifier.verify(signed(claims().claim("organization", claim).build()))
                .organization();
    }

    private void rejects(String token) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidTokenException.class)
                .message()
                .doesNotContain("eyJ");
    }

    private TokenVerifier verifier(Purpose purpose, Duration refreshInterval) {
        URI certs = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
        return new TokenVerifier(
                purpose, SigningKeys.at(certs, refreshInterval), ISSUER, AUDIENCE, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void publish(RSAKey next) {
        published = new JWKSet(next.toPublicJWK()).toString();
    }

    private static RSAKey rsa(String name) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(name).generate();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(SUBJECT.toString())
                .issueTime(at(-10))
                .expirationTime(at(300))
                .claim("typ", "Bearer")
                .claim("sid", "sid-1")
                .claim("preferred_username", "alice")
                .claim("organization", Map.of("acme", Map.of("id", "org-1")));
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(JWSAlgorithm.RS256, JOSEObjectType.JWT, key, claims);
    }

    private static String signed(JWSAlgorithm algorithm, JOSEObjectType type, RSAKey key, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(type)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
