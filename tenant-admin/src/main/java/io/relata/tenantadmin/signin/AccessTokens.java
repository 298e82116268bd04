package io.relata.tenantadmin.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
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
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies tokens of our realm: signed with RS256 by one of its keys, for this audience, of the expected kind, in
/// time.
public final class AccessTokens {
    private static final int SKEW_SECONDS = 30;

    private final String issuer;
    private final String audience;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public AccessTokens(String issuer, String audience, JWKSource<SecurityContext> keys, Clock clock) {
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        processor.setJWTClaimsSetVerifier(new Claims());
    }

    /// The claims of an access token, or nothing when it is not one that we accept.
    public Optional<JWTClaimsSet> verifyAccess(String token) {
        return verify(token, "Bearer");
    }

    /// The claims of an ID token; the caller still compares its nonce.
    public Optional<JWTClaimsSet> verifyId(String token) {
        return verify(token, "ID");
    }

    /// The operator a verified access token speaks for, if it has the operator's role.
    public static Optional<Operator> operator(JWTClaimsSet claims) {
        if (!(claims.getClaim("realm_access") instanceof Map<?, ?> access)
                || !(access.get("roles") instanceof List<?> roles)
                || !roles.contains("operator")) {
            return Optional.empty();
        }
        String username = text(claims, "preferred_username", claims.getSubject());
        return Optional.of(new Operator(claims.getSubject(), username, text(claims, "name", username)));
    }

    /// An ID token has our audience too, so its kind is looked at before it is taken for an access token.
    private Optional<JWTClaimsSet> verify(String token, String kind) {
        try {
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            return kind.equals(claims.getClaim("typ")) ? Optional.of(claims) : Optional.empty();
        } catch (ParseException | BadJOSEException notOurs) {
            return Optional.empty();
        } catch (JOSEException noKeys) {
            throw new SignInUnavailableException("The keys of the sign-in service are not available", noKeys);
        }
    }

    private static String text(JWTClaimsSet claims, String name, String otherwise) {
        return claims.getClaim(name) instanceof String text && !text.isBlank() ? text : otherwise;
    }

    /// Nimbus's rules with our clock.
    private final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private Claims() {
            super(
                    Set.of(audience),
                    new JWTClaimsSet.Builder().issuer(issuer).build(),
                    Set.of("sub", "exp", "iat"),
                    Set.of());
            setMaxClockSkew(SKEW_SECONDS);
        }

        @Override
        protected @Nullable Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
