package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.TestClock;
import io.relata.core.TestDatabase;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantDirectoryTest {

    private final LocalPostgres postgres;
    private final TestClock clock = new TestClock();
    private TestDatabase database;
    private TenantDirectory directory;
    private UserPreferences preferences;

    TenantDirectoryTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path plugins) throws SQLException {
        database = TestDatabase.create(postgres, plugins);
        directory = new TenantDirectory(database.application(), clock);
        preferences = new UserPreferences(new TenantTransaction(database.application()), clock);
    }

    @Test
    void findsTenantsByOrganizationAndId() throws SQLException {
        UUID id = database.tenant("acme");
        Tenant tenant = directory.byId(id).orElseThrow();
        assertThat(directory.byOrganization(tenant.organizationId())).contains(tenant);
        assertThat(tenant.active()).isTrue();
        assertThat(tenant.locale()).isEqualTo(Locale.ENGLISH);
        assertThat(tenant.zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(tenant.currency()).isEqualTo(Currency.getInstance("USD"));
        assertThat(directory.byOrganization("nobody")).isEmpty();
        assertThat(directory.byId(UUID.randomUUID())).isEmpty();
    }

    @Test
    void noticesSuspensionAndRemovalWithinItsFreshness() throws SQLException {
        UUID tenant = database.tenant("suspended");
        UUID user = member(tenant, "ann", "person");
        assertThat(directory.byId(tenant).orElseThrow().active()).isTrue();
        assertThat(directory.member(tenant, user).orElseThrow().active()).isTrue();
        database.update("update control.tenant set status = 'suspended' where id = ?", tenant);
        database.update("update control.membership set status = 'removed' where user_id = ?", user);
        clock.advance(TenantDirectory.FRESHNESS.plusMillis(1));
        assertThat(directory.byId(tenant).orElseThrow().active()).isFalse();
        assertThat(directory.member(tenant, user).orElseThrow().active()).isFalse();
    }

    @Test
    void noticesNewMembersWithinItsFreshness() throws SQLException {
        UUID tenant = database.tenant("growing");
        UUID user = UUID.randomUUID();
        assertThat(directory.member(tenant, user)).isEmpty();
        member(tenant, user, "new", "person");
        clock.advance(TenantDirectory.FRESHNESS.plusMillis(1));
        assertThat(directory.member(tenant, user)).isPresent();
    }

    @Test
    void listsActivePeopleOfOneTenantByName() throws SQLException {
        UUID tenant = database.tenant("people");
        member(tenant, "zoe", "person");
        member(tenant, "adam", "person");
        member(tenant, "robot", "service");
        UUID gone = member(tenant, "gone", "person");
        database.update("update control.membership set status = 'removed' where user_id = ?", gone);
        member(database.tenant("others"), "eve", "person");
        assertThat(directory.people(tenant)).extracting(Member::username).containsExactly("adam", "zoe");
    }

    @Test
    void knowsWhereALoginBelongs() throws SQLException {
        UUID first = database.tenant("first");
        UUID second = database.tenant("second");
        UUID user = member(first, "both", "person");
        member(second, user, "both", "person");
        assertThat(directory.tenantsOf(user)).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void remembersLanguagePerTenantAndUser() throws SQLException {
        UUID tenant = database.tenant("language");
        UUID user = UUID.randomUUID();
        assertThat(preferences.locale(tenant, user)).isEmpty();
        preferences.setLocale(tenant, user, Locale.SIMPLIFIED_CHINESE);
        assertThat(preferences.locale(tenant, user)).contains(Locale.SIMPLIFIED_CHINESE);
        preferences.setLocale(tenant, user, Locale.ENGLISH);
        assertThat(preferences.locale(tenant, user)).contains(Locale.ENGLISH);
        assertThat(preferences.locale(database.tenant("elsewhere"), user)).isEmpty();
    }

    private UUID member(UUID tenant, String name, String kind) throws SQLException {
        UUID user = UUID.randomUUID();
        member(tenant, user, name, kind);
        return user;
    }

    private void member(UUID tenant, UUID user, String name, String kind) throws SQLException {
        database.update(
                "insert into control.membership values (?, ?, ?, 'user', 'active', ?, null, ?, now())",
                tenant,
                user,
                kind,
                name,
                name);
    }
}
