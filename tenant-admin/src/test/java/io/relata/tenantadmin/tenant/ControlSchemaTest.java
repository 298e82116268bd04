package io.relata.tenantadmin.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.relata.tenantadmin.signin.Operator;
import io.relata.testkit.LocalPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The entities on the real schema, as the real role.
class ControlSchemaTest {
    private ControlDatabase database;

    @BeforeEach
    void prepare() throws Exception {
        database = new ControlDatabase(LocalPostgres.forTests());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void remembersNothingBetweenTransactions() throws SQLException {
        UUID id = addTenant("Acme");
        assertThat(name(id)).isEqualTo("Acme");

        database.execute("update control.tenant set name = 'Changed elsewhere'");

        assertThat(name(id)).isEqualTo("Changed elsewhere");
    }

    @Test
    void countsPeopleAndRecordsInOneStatementHoweverManyTenants() throws SQLException {
        UUID acme = addTenant("Acme");
        addMember(acme, Membership.Kind.PERSON);
        addMember(acme, Membership.Kind.PERSON);
        addMember(acme, Membership.Kind.SERVICE);
        database.execute("insert into control.usage values ('" + acme + "', 'records', 8800, now())");
        int statementsForOne = statementsOfList();
        for (int i = 0; i < 20; i++) {
            addTenant("Tenant " + i);
        }

        assertThat(statementsOfList()).isEqualTo(statementsForOne).isEqualTo(1);
        assertThat(list(TenantQuery.all()))
                .hasSize(21)
                .filteredOn(summary -> summary.tenant().id().equals(acme))
                .singleElement()
                .satisfies(summary -> {
                    assertThat(summary.users()).isEqualTo(2);
                    assertThat(summary.records()).isEqualTo(8800);
                });
    }

    @Test
    void pagesThroughAllTenantsOnce() {
        for (int i = 0; i < 7; i++) {
            addTenant("Same name");
        }
        List<UUID> seen = new ArrayList<>();
        UUID after = null;
        do {
            List<TenantSummary> page = list(new TenantQuery("", null, after, 3));
            page.forEach(summary -> seen.add(summary.tenant().id()));
            after = page.size() == 3 ? seen.getLast() : null;
        } while (after != null);

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void searchesLiterallyInNameAndSlug() {
        addTenant("100% Wool");
        addTenant("1000 Wools");
        addTenant("星河科技");

        assertThat(names("100%")).containsExactly("100% Wool");
        assertThat(names("河科")).containsExactly("星河科技");
        assertThat(names("WOOL")).hasSize(2);
        assertThat(names("' or 1=1 --")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 from relata.audit",
                "update control.usage set value = 0",
                "update control.operator_audit set action = 'nothing'",
                "delete from control.operator_audit",
                "create table control.mine (id int)"
            })
    void mayNotTouchWhatIsNotItsOwn(String sql) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> database.executeAsTenantAdmin(sql))
                .withMessageContaining("permission denied");
    }

    private int statementsOfList() {
        database.statements();
        list(TenantQuery.all());
        return database.statements();
    }

    private List<String> names(String search) {
        return list(new TenantQuery(search, null, null, 10)).stream()
                .map(summary -> summary.tenant().name())
                .toList();
    }

    private List<TenantSummary> list(TenantQuery query) {
        return database.call(entities -> new ControlQueries(entities).list(query));
    }

    private String name(UUID id) {
        return database.call(entities -> new ControlQueries(entities).tenant(id).name());
    }

    private UUID addTenant(String name) {
        return database.call(entities -> {
            UUID id = UUID.randomUUID();
            NewTenant wanted = new NewTenant(null, name, "en", "UTC", "USD", List.of(), person());
            entities.persist(new Tenant(id, "t-" + id, wanted, "org-" + id, Instant.EPOCH));
            entities.persist(
                    new OperatorAction(new Operator("1", "olga", "Olga"), "tenant.create", id, null, Instant.EPOCH));
            return id;
        });
    }

    private void addMember(UUID tenant, Membership.Kind kind) {
        MembershipKey key = new MembershipKey(tenant, UUID.randomUUID());
        Membership member = kind == Membership.Kind.PERSON
                ? Membership.ofPerson(key, person(), Instant.EPOCH)
                : Membership.ofService(
                        key, "acme-api", new NewServiceAccount("api", Membership.Role.USER), Instant.EPOCH);
        database.call(entities -> {
            entities.persist(member);
            return member;
        });
    }

    private static NewPerson person() {
        return new NewPerson("ann", "ann@acme.example", "Ann", "Other", Membership.Role.USER, null);
    }
}
