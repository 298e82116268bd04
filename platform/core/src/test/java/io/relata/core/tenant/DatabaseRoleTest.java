package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.TestDatabase;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseRoleTest {

    private final LocalPostgres postgres;
    private TestDatabase database;

    DatabaseRoleTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path plugins) throws SQLException {
        database = TestDatabase.create(postgres, plugins);
    }

    @Test
    void acceptsThePlatformsRole() {
        assertThat(new DatabaseRole(database.application()).faults()).isEmpty();
    }

    @Test
    void refusesTheOwner() {
        assertThat(new DatabaseRole(database.owner()).faults())
                .containsExactly("Database role relata_owner owns tables of the platform");
    }

    @Test
    void refusesTheSuperuser() {
        assertThat(new DatabaseRole(postgres.dataSource(database.name(), LocalPostgres.SUPERUSER, postgres.password()))
                        .faults())
                .contains("Database role postgres is a superuser");
    }

    @Test
    void refusesRolesThatBypassOrCanComeToBypass() throws SQLException {
        assertThat(faultsOfRole("bypassrls")).containsExactly("bypasses row-level security");
        assertThat(faultsOfRole("in role relata_owner")).containsExactly("owns tables of the platform");
        assertThat(faultsOfRole("noinherit in role postgres"))
                .contains("can become a superuser or bypass row-level security");
    }

    @Test
    void saysThatTheDatabaseIsEmpty() throws SQLException {
        assertThat(new DatabaseRole(TestDatabase.empty(postgres).application()).faults())
                .anyMatch(fault -> fault.contains("run the migrator"));
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/nowhere");
        assertThatThrownBy(() -> new DatabaseRole(nowhere).faults()).isInstanceOf(DatabaseUnavailableException.class);
    }

    private List<String> faultsOfRole(String attributes) throws SQLException {
        String role = "role_" + UUID.randomUUID().toString().replace("-", "");
        postgres.execute("postgres", "create role " + role + " login password 'p' " + attributes);
        try {
            return new DatabaseRole(postgres.dataSource(database.name(), role, "p"))
                    .faults().stream()
                            .map(fault -> fault.replace("Database role " + role + " ", ""))
                            .toList();
        } finally {
            postgres.execute("postgres", "drop role " + role);
        }
    }
}
