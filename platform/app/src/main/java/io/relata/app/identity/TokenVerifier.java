package io.relata.app.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Believes a token only if the realm signed it (RS256 alone), for this audience, of this type, and now.
public final class TokenVerifier {

    /// How far the identity provider's clock and ours may be apart.
    public static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MAX_LENGTH = 16 * 1024;

    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> HEADER_TYPES =
            new DefaultJOSEObjectTypeVerifier<>(
                    JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("logout+jwt"));

    private final Purpose purpose;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// What the realm writes into the claim `typ`.
    public enum Purpose {
        ACCESS("Bearer"),
        IDENTITY("ID"),
        LOGOUT("Logout");

        private final String type;

        Purpose(String type) {
            this.type = type;
        }

        private Set<String> required() {
            return switch (this) {
                case ACCESS -> Set.of("sub", "iat", "exp");
                case IDENTITY -> Set.of("sub", "iat", "exp", "nonce");
                case LOGOUT -> Set.of("sub", "iat", "events");
            };
        }
    }

    public TokenVerifier(
            Purpose purpose, JWKSource<SecurityContext> keys, String issuer, String audience, Clock clock) {
        this.purpose = purpose;
        JWTClaimsSet expected = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .claim("typ", purpose.type)
                .build();
        processor.setJWSTypeVerifier(HEADER_TYPES);
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWTClaimsSetVerifier(new ClaimsVerifier(audience, expected, purpose.required(), clock));
    }

    /// Returns what the token says.
    ///
    /// @throws InvalidTokenException    when it is not to be believed
    /// @throws KeysUnavailableException when that cannot be told now
    public VerifiedToken verify(String token) throws InvalidTokenException {
        return read(claims(token));
    }

    /// Returns what the token says if it answers the sign-in that was begun with this nonce.
    public VerifiedToken verify(String token, String nonce) throws InvalidTokenException {
        JWTClaimsSet claims = claims(token);
        if (!nonce.equals(claims.getClaim("nonce"))) {
            throw new InvalidTokenException("Token answers another sign-in");
        }
        return read(claims);
    }

    private JWTClaimsSet claims(String token) throws InvalidTokenException {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("Token too long");
        }
        try {
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            if (purpose == Purpose.LOGOUT) {
                checkLogout(claims);
            }
            return claims;
        } catch (RateLimitReachedException unknownKey) {
            throw new InvalidTokenException("Token signed with an unknown key", unknownKey);
        } catch (KeySourceException unavailable) {
            throw new KeysUnavailableException(unavailable);
        } catch (ParseException | BadJOSEException | JOSEException bad) {
            throw new InvalidTokenException("Token refused", bad);
        }
    }

    private static void checkLogout(JWTClaimsSet claims) throws InvalidTokenException {
        boolean logout = claims.getClaim("events") instanceof Map<?, ?> events
                && events.containsKey("http://schemas.openid.net/event/backchannel-logout");
        if (!logout || claims.getClaim("nonce") != null) {
            throw new InvalidTokenException("Not a logout token");
        }
    }

    private static VerifiedToken read(JWTClaimsSet claims) throws InvalidTokenException {
        Date expires = claims.getExpirationTime();
        return new VerifiedToken(
                subject(claims),
                organization(claims),
                text(claims, "sid"),
                text(claims, "preferred_username"),
                expires == null ? null : expires.toInstant());
    }

    private static UUID subject(JWTClaimsSet claims) throws InvalidTokenException {
        try {
            return UUID.fromString(claims.getSubject());
        } catch (IllegalArgumentException notAnId) {
            throw new InvalidTokenException("Subject is not an id", notAnId);
        }
    }

    /// `"organization": {"acme": {"id": "…"}}`. With more than one it is not said which is meant, so none is.
    private static Optional<String> organization(JWTClaimsSet claims) {
        if (claims.getClaim("organization") instanceof Map<?, ?> organizations
                && organizations.size() == 1
                && organizations.values().iterator().next() instanceof Map<?, ?> organization
                && organization.get("id") instanceof String id) {
            return Optional.of(id);
        }
        return Optional.empty();
    }

    private static @Nullable String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : null;
    }

    /// Nimbus' own checks, on our clock.
    private static final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

        private final Clock clock;

        ClaimsVerifier(String audience, JWTClaimsSet expected, Set<String> required, Clock clock) {
            super(audience, expected, required);
            this.clock = clock;
            setMaxClockSkew((int) SKEW.toSeconds());
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
