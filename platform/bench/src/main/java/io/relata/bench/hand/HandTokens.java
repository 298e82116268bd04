package io.relata.bench.hand;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotAuthorizedException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Verifies an access token's signature and claims the first time that it is seen, as the API does.
@ApplicationScoped
public class HandTokens {

    private static final String BEARER = "Bearer ";
    private static final int MOST = 10_000;

    private final Map<String, Verified> known = new ConcurrentHashMap<>();
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private record Verified(UUID user, Instant end) {}

    public HandTokens() throws Exception {
        String issuer = System.getenv("RELATA_ISSUER");
        JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                        URI.create(issuer + "/protocol/openid-connect/certs").toURL())
                .build();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                "relata-api", new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
    }

    /// Returns who bears the token.
    UUID user(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            throw new NotAuthorizedException("Bearer");
        }
        String token = authorization.substring(BEARER.length());
        Verified verified = known.get(token);
        if (verified == null || verified.end().isBefore(Instant.now())) {
            if (known.size() > MOST) {
                known.clear();
            }
            verified = verify(token);
            known.put(token, verified);
        }
        return verified.user();
    }

    private Verified verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new Verified(
                    UUID.fromString(claims.getSubject()),
                    claims.getExpirationTime().toInstant());
        } catch (Exception refused) {
            throw new NotAuthorizedException(refused, "Bearer");
        }
    }
}
