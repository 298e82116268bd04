package io.relata.tenantadmin.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.relata.tenantadmin.tenant.MovableClock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;

/// Signs tokens as the realm would.
final class Tokens {
    static final String ISSUER = "https://id.example/realms/relata";
    static final String AUDIENCE = "relata-operator";

    final MovableClock clock = new MovableClock();
    final RSAKey key;

    Tokens() throws JOSEException {
        this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
    }

    JWKSource<SecurityContext> keys() {
        return new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()));
    }

    AccessTokens verifier() {
        return new AccessTokens(ISSUER, AUDIENCE, keys(), clock);
    }

    JWTClaimsSet.Builder access() {
        return claims().claim("typ", "Bearer").claim("realm_access", Map.of("roles", List.of("operator", "other")));
    }

    JWTClaimsSet.Builder id(String nonce) {
        return claims().claim("typ", "ID").claim("nonce", nonce);
    }

    String sign(JWTClaimsSet claims) throws JOSEException {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("k1")
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("op-1")
                .claim("preferred_username", "olga")
                .claim("name", "Olga Operator")
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5))));
    }
}
