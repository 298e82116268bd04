package io.relata.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestClock;
import io.relata.core.TestDatabase;
import io.relata.core.tenant.TenantDirectory;
import io.relata.core.tenant.TenantTransaction;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSessionsTest {

    private static final Duration A_MOMENT = TenantDirectory.FRESHNESS.plusMillis(1);

    private final LocalPostgres postgres;
    private final TestClock clock = new TestClock();
    private final UUID tenant = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private TestDatabase database;
    private WebSessions sessions;

    WebSessionsTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path plugins) throws SQLException {
        database = TestDatabase.create(postgres, plugins);
        sessions = another();
    }

    @Test
    void opensWithTheCookieAlone() {
        WebSessions.Opened opened = sessions.open(tenant, user, "id-token", "sid");
        assertThat(sessions.find(opened.cookie())).contains(opened.session());
        assertThat(opened.session().csrfToken()).hasSize(43).isNotIn(opened.cookie());
    }

    @Test
    void outlivesARestart() {
        WebSessions.Opened opened = sessions.open(tenant, user, "id-token", null);
        assertThat(another().find(opened.cookie())).contains(opened.session());
    }

    @Test
    void keepsNoSecretInTheDatabase() throws SQLException {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        String secret = cookie.substring(cookie.indexOf('.') + 1);
        assertThat(database.count("select count(*) from relata.web_session s where position(? in s::text) > 0", secret))
                .isZero();
    }

    @Test
    void refusesMadeUpAndForeignCookies() {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        String secret = cookie.substring(cookie.indexOf('.'));
        for (String bad : new String[] {
            "",
            "x",
            secret,
            tenant + ".",
            UUID.randomUUID() + secret,
            tenant + "." + "A".repeat(43),
            cookie + "A",
            "' or true --",
            cookie.toUpperCase(Locale.ROOT),
        }) {
            assertThat(sessions.find(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void endsAtOnce() {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        assertThat(sessions.find(cookie)).isPresent();
        sessions.end(cookie);
        assertThat(sessions.find(cookie)).isEmpty();
        sessions.end(cookie);
    }

    @Test
    void endsOnOtherNodesWithinMoments() {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        WebSessions other = another();
        assertThat(other.find(cookie)).isPresent();
        sessions.end(cookie);
        clock.advance(A_MOMENT);
        assertThat(other.find(cookie)).isEmpty();
    }

    @Test
    void endsThoseOfOneKeycloakSessionOnly() {
        String laptop = sessions.open(tenant, user, "id-token", "sid-laptop").cookie();
        String phone = sessions.open(tenant, user, "id-token", "sid-phone").cookie();
        String colleague = sessions.open(tenant, UUID.randomUUID(), "id-token", "sid-laptop")
                .cookie();
        sessions.endAll(tenant, user, "sid-laptop");
        assertThat(sessions.find(laptop)).isEmpty();
        assertThat(sessions.find(phone)).isPresent();
        assertThat(sessions.find(colleague)).isPresent();
        sessions.endAll(tenant, user, null);
        assertThat(sessions.find(phone)).isEmpty();
    }

    @Test
    void endsWithoutUse() {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        clock.advance(WebSessions.IDLE.minusMinutes(5));
        assertThat(sessions.find(cookie)).isPresent();
        clock.advance(WebSessions.IDLE.minusMinutes(5));
        assertThat(sessions.find(cookie)).isPresent();
        clock.advance(WebSessions.IDLE.plusSeconds(1));
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void endsInTheEndHoweverMuchItIsUsed() {
        String cookie = sessions.open(tenant, user, "id-token", null).cookie();
        for (Duration used = Duration.ZERO; used.compareTo(WebSessions.LIFETIME) < 0; used = used.plusHours(1)) {
            assertThat(sessions.find(cookie)).isPresent();
            clock.advance(Duration.ofHours(1));
        }
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void clearsAwayWhatIsOver() throws SQLException {
        UUID quiet = UUID.randomUUID();
        sessions.open(quiet, user, "id-token", null);
        clock.advance(WebSessions.LIFETIME);
        sessions.open(quiet, user, "id-token", null);
        assertThat(database.count("select count(*) from relata.web_session where tenant_id = ?", quiet))
                .isOne();
    }

    private WebSessions another() {
        return new WebSessions(new TenantTransaction(database.application()), clock);
    }
}
