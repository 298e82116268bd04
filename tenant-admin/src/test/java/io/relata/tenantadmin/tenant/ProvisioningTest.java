package io.relata.tenantadmin.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import io.relata.tenantadmin.signin.Operator;
import io.relata.testkit.LocalPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A change happens in Keycloak and in the control schema, or in neither.
class ProvisioningTest {
    private static final Operator OPERATOR = new Operator("op-1", "olga", "Olga Operator");

    private final MovableClock clock = new MovableClock();
    private final DirectoryInMemory directory = new DirectoryInMemory(clock);
    private ControlDatabase database;
    private Changes changes;
    private Tenants tenants;
    private Members members;

    @BeforeEach
    void prepare() throws Exception {
        database = new ControlDatabase(LocalPostgres.forTests());
        changes = new Changes(database, directory, clock);
        tenants = new Tenants(database, directory, changes, new Random(1), clock);
        members = new Members(database, directory, changes, new Random(1), clock);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void makesTenantWithAdministratorAndPlugins() throws SQLException {
        Tenants.Provisioned made = tenants.create(OPERATOR, acme("acme", "alice", null));

        assertThat(made.details().summary().users()).isEqualTo(1);
        assertThat(made.details().plugins()).containsExactly("sales");
        assertThat(made.administrator().temporaryPassword()).hasSizeGreaterThan(20);
        assertThat(directory.members).hasSize(1);
        assertThat(database.count("control.unfinished_change")).isZero();
        assertThat(tenants.trail(made.details().summary().tenant().id()))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.action()).isEqualTo("tenant.create");
                    assertThat(action.operatorName()).isEqualTo("Olga Operator");
                });
    }

    @Test
    void keepsAGivenPasswordToItself() {
        assertThat(tenants.create(OPERATOR, acme("acme", "alice", "a given password"))
                        .administrator()
                        .temporaryPassword())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void leavesNothingWhenKeycloakFailsAtAnyStep(int step) throws SQLException {
        directory.failBefore(step);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "alice", null)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.DIRECTORY_UNAVAILABLE));

        assertNothingIsThere();
    }

    @Test
    void leavesNothingWhenTheDatabaseFails() throws SQLException {
        database.execute("alter table control.entitlement add check (plugin <> 'sales')");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "alice", null)));

        assertNothingIsThere();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void clearsWhatACrashLeftBehind(int step) throws SQLException {
        directory.crashAfter(step);
        assertThatExceptionOfType(DirectoryInMemory.Crash.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "alice", null)));
        directory.recover();
        assertThat(directory.isEmpty()).isFalse();

        changes.clearAbandoned();
        assertThat(directory.isEmpty())
                .as("not while it may still be under way")
                .isFalse();
        clock.advance(Duration.ofMinutes(3));
        changes.clearAbandoned();

        assertNothingIsThere();
    }

    @Test
    void clearsOnlyWhatTheCrashedChangeMade() throws SQLException {
        directory.crashAfter(0);
        assertThatExceptionOfType(DirectoryInMemory.Crash.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "alice", null)));
        directory.recover();
        directory.organizations.clear();
        tenants.create(OPERATOR, acme("acme", "alice", null));

        clock.advance(Duration.ofMinutes(3));
        changes.clearAbandoned();

        assertThat(directory.organizations).hasSize(1);
        assertThat(directory.persons).hasSize(1);
        assertThat(database.count("control.unfinished_change")).isZero();
    }

    @Test
    void namesEverythingThatIsTaken() {
        tenants.create(OPERATOR, acme("acme", "alice", null));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "alice", null)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.CONFLICT);
                    assertThat(problem.violations())
                            .extracting(Violation::field)
                            .containsExactly("slug", "administrator.username", "administrator.email");
                });
    }

    @Test
    void keepsTheFirstWhenTwoTakeTheSameSlugAtOnce() throws SQLException {
        directory.beforeEachStep(() -> {
            directory.beforeEachStep(() -> {});
            tenants.create(OPERATOR, acme("acme", "first", null));
        });

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> tenants.create(OPERATOR, acme("acme", "second", null)))
                .satisfies(problem -> assertThat(problem.violations())
                        .extracting(Violation::field)
                        .containsExactly("slug"));

        assertThat(database.count("control.tenant")).isEqualTo(1);
        assertThat(directory.organizations).hasSize(1);
        assertThat(directory.persons.values())
                .extracting(DirectoryInMemory.Made::name)
                .containsExactly("first");
    }

    @Test
    void givesTwoTenantsOfOneNameTwoSlugs() {
        NewTenant one = named("星河科技", "li.wei");
        NewTenant other = named("星河科技", "wang.fang");

        assertThat(slug(tenants.create(OPERATOR, one)))
                .matches("t-[a-z0-9]{6}")
                .isNotEqualTo(slug(tenants.create(OPERATOR, other)));
        assertThat(slug(tenants.create(OPERATOR, named("Acme Ltd", "alice")))).isEqualTo("acme-ltd");
        assertThat(slug(tenants.create(OPERATOR, named("ACME LTD", "bob")))).startsWith("t-");
    }

    @Test
    void suspendsWithAReasonAndResumes() {
        UUID id = id(tenants.create(OPERATOR, acme("acme", "alice", null)));

        assertThat(tenants.suspend(OPERATOR, id, "Unpaid").summary().tenant()).satisfies(tenant -> {
            assertThat(tenant.status()).isEqualTo(TenantStatus.SUSPENDED);
            assertThat(tenant.suspendedReason()).isEqualTo("Unpaid");
        });
        assertThat(tenants.resume(OPERATOR, id).summary().tenant()).satisfies(tenant -> {
            assertThat(tenant.status()).isEqualTo(TenantStatus.ACTIVE);
            assertThat(tenant.suspendedReason()).isNull();
        });
    }

    @Test
    void removesAMemberAndBringsThemBackAsTheSameUser() {
        UUID tenant = id(tenants.create(OPERATOR, acme("acme", "alice", null)));
        UUID bob = members.add(OPERATOR, tenant, person("bob", null)).id();

        members.remove(OPERATOR, tenant, bob);
        assertThat(status(tenant, bob)).isEqualTo(Membership.Status.REMOVED);
        assertThat(directory.members).hasSize(1);

        assertThat(members.add(OPERATOR, tenant, person("bob", null)).id()).isEqualTo(bob);
        assertThat(status(tenant, bob)).isEqualTo(Membership.Status.ACTIVE);
        assertThat(directory.members).hasSize(2);
    }

    @Test
    void refusesAMemberEvenWhenKeycloakDoesNotAnswer() {
        UUID tenant = id(tenants.create(OPERATOR, acme("acme", "alice", null)));
        UUID bob = members.add(OPERATOR, tenant, person("bob", null)).id();
        directory.failBefore(0);

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> members.remove(OPERATOR, tenant, bob));

        assertThat(status(tenant, bob)).isEqualTo(Membership.Status.REMOVED);
    }

    @Test
    void keepsTheLastAdministrator() {
        Tenants.Provisioned made = tenants.create(OPERATOR, acme("acme", "alice", null));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() ->
                        members.remove(OPERATOR, id(made), made.administrator().id()))
                .satisfies(problem -> assertThat(problem.violations())
                        .extracting(Violation::code)
                        .containsExactly("last-administrator"));
    }

    @Test
    void leavesNoServiceAccountWhenTheDatabaseFails() throws SQLException {
        UUID tenant = id(tenants.create(OPERATOR, acme("acme", "alice", null)));
        assertThat(members.addServiceAccount(OPERATOR, tenant, program("api")).clientId())
                .isEqualTo("acme-api");
        database.execute("alter table control.membership add check (username <> 'acme-other')");

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> members.addServiceAccount(OPERATOR, tenant, program("other")));

        assertThat(directory.services).hasSize(1);
        assertThat(database.count("control.unfinished_change")).isZero();
    }

    private void assertNothingIsThere() throws SQLException {
        assertThat(directory.isEmpty()).isTrue();
        for (String table : List.of("tenant", "membership", "entitlement", "operator_audit", "unfinished_change")) {
            assertThat(database.count("control." + table)).as(table).isZero();
        }
    }

    private Membership.Status status(UUID tenant, UUID user) {
        return members.list(tenant).stream()
                .filter(member -> member.userId().equals(user))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static UUID id(Tenants.Provisioned made) {
        return made.details().summary().tenant().id();
    }

    private static String slug(Tenants.Provisioned made) {
        return made.details().summary().tenant().slug();
    }

    private static NewTenant acme(String slug, String username, @Nullable String password) {
        return new NewTenant(
                slug, "Acme", "en", "America/New_York", "USD", List.of("sales"), person(username, password));
    }

    private static NewTenant named(String name, String username) {
        return new NewTenant(null, name, "zh-CN", "Asia/Shanghai", "CNY", List.of(), person(username, null));
    }

    private static NewPerson person(String username, @Nullable String password) {
        return new NewPerson(username, username + "@acme.example", "A", "B", role(username), password);
    }

    private static Membership.Role role(String username) {
        return username.equals("bob") ? Membership.Role.USER : Membership.Role.ADMINISTRATOR;
    }

    private static NewServiceAccount program(String name) {
        return new NewServiceAccount(name, Membership.Role.USER);
    }
}
