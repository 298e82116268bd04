package io.relata.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/// Signs access tokens and shows the key to verify them by, as the identity provider does.
final class Issuer implements AutoCloseable {

    private static final String REALM = "/realms/bench";
    private static final int KEY_BITS = 2048;

    private final RSAKey key;
    private final HttpServer server;

    Issuer() throws JOSEException, IOException {
        key = new RSAKeyGenerator(KEY_BITS).keyID("bench").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(REALM + "/protocol/openid-connect/certs", this::showKey);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String name() {
        return address() + REALM;
    }

    /// Returns a token that lasts as long as any run.
    String token(UUID user, UUID organization) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(name())
                        .audience("relata-api")
                        .claim("typ", "Bearer")
                        .subject(user.toString())
                        .claim("organization", Map.of("bench", Map.of("id", organization.toString())))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(86_400)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private void showKey(HttpExchange exchange) throws IOException {
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, keys.length);
        exchange.getResponseBody().write(keys);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
