package io.relata.app.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.app.wiring.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class PendingSignInTest {

    private static final Instant BEGUN = Instant.parse("2026-11-01T10:00:00Z");

    private final SealedText sealed = new SealedText(new Secret("secret"));
    private final PendingSignIn pending = new PendingSignIn("state-1234", "nonce", "verifier", "/accounts?a=b", BEGUN);

    @Test
    void opensWhatItSealed() {
        assertThat(PendingSignIn.open(sealed, pending.seal(sealed), "state-1234", clock(Duration.ZERO)))
                .contains(pending);
    }

    @Test
    void hidesWhatItSealed() {
        assertThat(pending.seal(sealed)).doesNotContain("nonce", "verifier").isNotEqualTo(pending.seal(sealed));
    }

    @Test
    void forgetsAfterItsLifetime() {
        assertThat(PendingSignIn.open(sealed, pending.seal(sealed), "state-1234", clock(PendingSignIn.LIFETIME)))
                .isEmpty();
    }

    @Test
    void answersItsOwnStateOnly() {
        assertThat(PendingSignIn.open(sealed, pending.seal(sealed), "state-1235", clock(Duration.ZERO)))
                .isEmpty();
    }

    @Test
    void refusesChangedForeignAndMisusedCookies() {
        String cookie = pending.seal(sealed);
        char last = cookie.charAt(cookie.length() - 1);
        String changed = cookie.substring(0, cookie.length() - 1) + (last == 'A' ? 'B' : 'A');
        String foreign = pending.seal(new SealedText(new Secret("another secret")));
        String misused = sealed.seal("relata_refused", "state-1234\nnonce\nverifier\n/\n0");
        for (String bad : new String[] {changed, foreign, misused, "", "%%%", "AAAA"}) {
            assertThat(PendingSignIn.open(sealed, bad, "state-1234", clock(Duration.ZERO)))
                    .as(bad)
                    .isEmpty();
        }
    }

    private static Clock clock(Duration later) {
        return Clock.fixed(BEGUN.plus(later), ZoneOffset.UTC);
    }
}
