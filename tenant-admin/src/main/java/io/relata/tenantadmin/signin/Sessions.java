package io.relata.tenantadmin.signin;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Signs operators in and out, and knows who is signed in.
///
/// A session ends after half an hour without use, after eight hours, when the operator signs out, and, within the life
/// of an access token, when Keycloak ends it or takes the operator's role away.
public final class Sessions {
    private static final Duration LONGEST = Duration.ofHours(8);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Duration SIGNING_IN = Duration.ofMinutes(10);
    private static final int MOST_SESSIONS = 1000;
    private static final int MOST_SIGNING_IN = 10_000;

    private final OidcProvider provider;
    private final AccessTokens tokens;
    private final Clock clock;
    private final RandomTokens random = new RandomTokens();
    private final ExpiringMap<OperatorSession> sessions;
    private final ExpiringMap<Pending> pending;

    public Sessions(OidcProvider provider, AccessTokens tokens, Clock clock) {
        this.provider = provider;
        this.tokens = tokens;
        this.clock = clock;
        this.sessions = new ExpiringMap<>(LONGEST, MOST_SESSIONS, clock);
        this.pending = new ExpiringMap<>(SIGNING_IN, MOST_SIGNING_IN, clock);
    }

    private record Pending(OidcProvider.Challenge challenge, String returnTo) {}

    /// A sign-in on its way: `browser` goes into a cookie, so that it ends in the browser it began in.
    record Departure(String browser, URI location) {}

    /// How a sign-in ended.
    sealed interface Arrival {
        record SignedIn(String session, String returnTo) implements Arrival {}

        record NotAnOperator() implements Arrival {}

        record Failed() implements Arrival {}
    }

    Departure depart(String returnTo, String language) {
        OidcProvider.Challenge challenge =
                new OidcProvider.Challenge(random.next(), random.next(), new CodeVerifier(random.next()));
        String browser = random.next();
        pending.put(browser, new Pending(challenge, returnTo));
        return new Departure(browser, provider.signIn(challenge, language));
    }

    Arrival arrive(String browser, String state, String code) {
        Optional<Pending> begun = pending.take(browser)
                .filter(waiting -> Constant.equal(waiting.challenge().state(), state));
        if (begun.isEmpty()) {
            return new Arrival.Failed();
        }
        Optional<OidcProvider.Grant> grant =
                provider.redeem(code, begun.get().challenge().verifier());
        if (grant.isEmpty() || !isFor(begun.get().challenge(), grant.get())) {
            return new Arrival.Failed();
        }
        Optional<Operator> operator =
                tokens.verifyAccess(grant.get().accessToken()).flatMap(AccessTokens::operator);
        if (operator.isEmpty()) {
            return new Arrival.NotAnOperator();
        }
        String session = random.next();
        sessions.put(session, open(operator.get(), grant.get()));
        return new Arrival.SignedIn(session, begun.get().returnTo());
    }

    Optional<OperatorSession> find(String name) {
        Instant now = clock.instant();
        Optional<OperatorSession> found = sessions.get(name);
        if (found.isEmpty() || !now.isBefore(found.get().lastUsed().plus(IDLE))) {
            sessions.take(name);
            return Optional.empty();
        }
        OperatorSession used = found.get().used(now);
        sessions.replace(name, used);
        return now.isBefore(used.confirmedUntil()) ? Optional.of(used) : confirm(name);
    }

    URI end(String name) {
        return provider.signOut(
                sessions.take(name).map(OperatorSession::idToken).orElse(null));
    }

    URI signOutWithoutSession() {
        return provider.signOut(null);
    }

    /// One at a time: Keycloak may accept a refresh token only once.
    private synchronized Optional<OperatorSession> confirm(String name) {
        Optional<OperatorSession> current = sessions.get(name);
        if (current.isEmpty() || clock.instant().isBefore(current.get().confirmedUntil())) {
            return current;
        }
        Optional<OidcProvider.Grant> grant = provider.refresh(current.get().refreshToken());
        Optional<Operator> operator = grant.flatMap(fresh -> tokens.verifyAccess(fresh.accessToken()))
                .filter(claims -> current.get().operator().id().equals(claims.getSubject()))
                .flatMap(AccessTokens::operator);
        if (grant.isEmpty() || operator.isEmpty()) {
            sessions.take(name);
            return Optional.empty();
        }
        OperatorSession confirmed = current.get().confirmed(grant.get(), operator.get());
        sessions.replace(name, confirmed);
        return Optional.of(confirmed);
    }

    private boolean isFor(OidcProvider.Challenge challenge, OidcProvider.Grant grant) {
        return tokens.verifyId(grant.idToken())
                .filter(id -> id.getClaim("nonce") instanceof String nonce && Constant.equal(nonce, challenge.nonce()))
                .isPresent();
    }

    private OperatorSession open(Operator operator, OidcProvider.Grant grant) {
        return new OperatorSession(
                operator, random.next(), grant.idToken(), grant.refreshToken(), grant.expiresAt(), clock.instant());
    }
}
