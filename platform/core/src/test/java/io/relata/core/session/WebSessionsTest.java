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
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSessionsTest {

    private static final Duration A_MOMENT = TenantDirectory.FRESHNESS.plusMillis(1);

    private static final Device DEVICE = new Device("192.0.2.1", "Mozilla/5.0");

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
        WebSessions.Opened opened = open(tenant, user, "id-token", "sid");
        assertThat(sessions.find(opened.cookie())).contains(opened.session());
        assertThat(opened.session().csrfToken()).hasSize(43).isNotIn(opened.cookie());
    }

    @Test
    void outlivesARestart() {
        WebSessions.Opened opened = open(tenant, user, "id-token", null);
        assertThat(another().find(opened.cookie())).contains(opened.session());
    }

    @Test
    void keepsNoSecretInTheDatabase() throws SQLException {
        String cookie = open(tenant, user, "id-token", null).cookie();
        String secret = cookie.substring(cookie.indexOf('.') + 1);
        assertThat(database.count("select count(*) from relata.web_session s where position(? in s::text) > 0", secret))
                .isZero();
    }

    @Test
    void refusesMadeUpAndForeignCookies() {
        String cookie = open(tenant, user, "id-token", null).cookie();
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
        String cookie = open(tenant, user, "id-token", null).cookie();
        assertThat(sessions.find(cookie)).isPresent();
        sessions.end(cookie);
        assertThat(sessions.find(cookie)).isEmpty();
        sessions.end(cookie);
    }

    @Test
    void endsOnOtherNodesWithinMoments() {
        String cookie = open(tenant, user, "id-token", null).cookie();
        WebSessions other = another();
        assertThat(other.find(cookie)).isPresent();
        sessions.end(cookie);
        clock.advance(A_MOMENT);
        assertThat(other.find(cookie)).isEmpty();
    }

    @Test
    void endsThoseOfOneKeycloakSessionOnly() {
        String laptop = open(tenant, user, "id-token", "sid-laptop").cookie();
        String phone = open(tenant, user, "id-token", "sid-phone").cookie();
        String colleague =
                open(tenant, UUID.randomUUID(), "id-token", "sid-laptop").cookie();
        sessions.endAll(tenant, user, "sid-laptop");
        assertThat(sessions.find(laptop)).isEmpty();
        assertThat(sessions.find(phone)).isPresent();
        assertThat(sessions.find(colleague)).isPresent();
        sessions.endAll(tenant, user, null);
        assertThat(sessions.find(phone)).isEmpty();
    }

    @Test
    void endsWithoutUse() {
        String cookie = open(tenant, user, "id-token", null).cookie();
        clock.advance(WebSessions.IDLE.minusMinutes(5));
        assertThat(sessions.find(cookie)).isPresent();
        clock.advance(WebSessions.IDLE.minusMinutes(5));
        assertThat(sessions.find(cookie)).isPresent();
        clock.advance(WebSessions.IDLE.plusSeconds(1));
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void endsInTheEndHoweverMuchItIsUsed() {
        String cookie = open(tenant, user, "id-token", null).cookie();
        for (Duration used = Duration.ZERO; used.compareTo(WebSessions.LIFETIME) < 0; used = used.plusHours(1)) {
            assertThat(sessions.find(cookie)).isPresent();
            clock.advance(Duration.ofHours(1));
        }
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void clearsAwayWhatIsOver() throws SQLException {
        UUID quiet = UUID.randomUUID();
        open(quiet, user, "id-token", null);
        clock.advance(WebSessions.LIFETIME);
        open(quiet, user, "id-token", null);
        assertThat(database.count("select count(*) from relata.web_session where tenant_id = ?", quiet))
                .isOne();
    }

    @Test
    void tellsWhereSomebodySignedInAndWhen() {
        UUID person = UUID.randomUUID();
        WebSessions.Opened first = open(tenant, person, "id-token", null);
        Instant began = clock.instant();
        clock.advance(Duration.ofMinutes(5));
        WebSessions.Opened second = sessions.open(tenant, person, "id-token", null, new Device(null, "x".repeat(900)));
        open(tenant, user, "id-token", null);
        open(UUID.randomUUID(), person, "id-token", null);
        assertThat(sessions.of(tenant, person))
                .containsExactly(
                        new SignedIn(
                                second.session().id(),
                                clock.instant(),
                                clock.instant(),
                                new Device(null, "x".repeat(200))),
                        new SignedIn(first.session().id(), began, began, DEVICE));
        clock.advance(WebSessions.IDLE.minusMinutes(5));
        assertThat(sessions.of(tenant, person))
                .extracting(SignedIn::id)
                .containsExactly(second.session().id());
    }

    @Test
    void endsOneByItsNameAtOnce() {
        UUID person = UUID.randomUUID();
        WebSessions.Opened laptop = open(tenant, person, "laptop", "sid-laptop");
        String phone = open(tenant, person, "phone", "sid-phone").cookie();
        WebSessions other = another();
        assertThat(sessions.find(laptop.cookie())).isPresent();
        assertThat(other.find(laptop.cookie())).isPresent();
        assertThat(sessions.endOne(tenant, person, laptop.session().id()))
                .contains(new Ended(laptop.session().id(), DEVICE, "laptop", false));
        assertThat(sessions.find(laptop.cookie())).isEmpty();
        assertThat(sessions.find(phone)).isPresent();
        assertThat(sessions.endOne(tenant, person, laptop.session().id())).isEmpty();
        clock.advance(A_MOMENT);
        assertThat(other.find(laptop.cookie())).isEmpty();
    }

    @Test
    void endsNobodyElsesByItsName() {
        WebSessions.Opened opened = open(tenant, user, "id-token", null);
        UUID id = opened.session().id();
        assertThat(sessions.endOne(tenant, UUID.randomUUID(), id)).isEmpty();
        assertThat(sessions.endOne(UUID.randomUUID(), user, id)).isEmpty();
        assertThat(sessions.endOthers(UUID.randomUUID(), user, null)).isEmpty();
        assertThat(another().find(opened.cookie())).isPresent();
    }

    @Test
    void endsAllOthersAndTellsWhoseKeycloakSessionGoesOn() {
        UUID person = UUID.randomUUID();
        WebSessions.Opened current = open(tenant, person, "current", "sid-laptop");
        WebSessions.Opened twin = open(tenant, person, "twin", "sid-laptop");
        WebSessions.Opened phone = open(tenant, person, "phone", "sid-phone");
        String colleague =
                open(tenant, UUID.randomUUID(), "id-token", "sid-phone").cookie();
        assertThat(sessions.endOthers(tenant, person, current.session().id()))
                .containsExactlyInAnyOrder(
                        new Ended(twin.session().id(), DEVICE, "twin", true),
                        new Ended(phone.session().id(), DEVICE, "phone", false));
        assertThat(sessions.find(twin.cookie())).isEmpty();
        assertThat(sessions.find(phone.cookie())).isEmpty();
        assertThat(sessions.find(current.cookie())).isPresent();
        assertThat(sessions.find(colleague)).isPresent();
        assertThat(sessions.endOthers(tenant, person, null)).hasSize(1);
        assertThat(sessions.find(current.cookie())).isEmpty();
    }

    private WebSessions.Opened open(UUID tenant, UUID user, String idToken, @Nullable String keycloakSid) {
        return sessions.open(tenant, user, idToken, keycloakSid, DEVICE);
    }

    private WebSessions another() {
        return new WebSessions(new TenantTransaction(database.application()), clock);
    }
}
