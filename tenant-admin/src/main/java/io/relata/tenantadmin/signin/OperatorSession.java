package io.relata.tenantadmin.signin;

import java.time.Instant;

/// An operator's signed-in browser. Tokens stay here; the browser holds only a random name for this.
record OperatorSession(
        Operator operator,
        String csrfToken,
        String idToken,
        String refreshToken,
        Instant confirmedUntil,
        Instant lastUsed) {

    OperatorSession used(Instant now) {
        return new OperatorSession(operator, csrfToken, idToken, refreshToken, confirmedUntil, now);
    }

    OperatorSession confirmed(OidcProvider.Grant grant, Operator sameOperator) {
        return new OperatorSession(
                sameOperator, csrfToken, grant.idToken(), grant.refreshToken(), grant.expiresAt(), lastUsed);
    }

    /// Without tokens, which must not reach a log.
    @Override
    public String toString() {
        return "OperatorSession[" + operator.username() + "]";
    }
}
