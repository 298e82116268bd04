package io.relata.app.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.app.wiring.TestSettings;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.session.WebSession;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameSiteTest {

    private static final String ORIGIN = "http://localhost:9480";

    private final WebSession session =
            new WebSession(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "the-token", "id-token");
    private final SameSite sameSite = new SameSite(TestSettings.development());

    @Test
    void acceptsTheSessionsTokenFromOurOwnPage() {
        assertThatCode(() -> sameSite.check(session, "the-token", ORIGIN)).doesNotThrowAnyException();
    }

    @Test
    void acceptsTheTokenWhenTheBrowserNamesNoOrigin() {
        assertThatCode(() -> sameSite.check(session, "the-token", null)).doesNotThrowAnyException();
    }

    @Test
    void refusesMissingOrWrongToken() {
        refuses(null, ORIGIN);
        refuses("", ORIGIN);
        refuses("the-tokem", ORIGIN);
        refuses("the-token ", ORIGIN);
    }

    @Test
    void refusesOtherOriginsEvenWithTheToken() {
        refuses("the-token", "http://localhost:9481");
        refuses("the-token", "https://localhost:9480");
        refuses("the-token", "http://localhost:9480.evil.example");
        refuses("the-token", "null");
    }

    private void refuses(@Nullable String token, String origin) {
        assertThatThrownBy(() -> sameSite.check(session, token, origin))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ProblemCode.CSRF));
    }
}
