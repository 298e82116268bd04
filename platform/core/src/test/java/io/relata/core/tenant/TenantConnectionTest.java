package io.relata.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.relata.core.TestDatabase;
import io.relata.core.plugin.TestSolution;
import io.relata.core.query.RecordingDataSource;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Statements that bring their tenant along.
@ExtendWith(PostgresExtension.class)
class TenantConnectionTest {

    private static final String WHO = "select current_setting('app.tenant', true), ?::int";
    private static final UUID ACME = UUID.randomUUID();

    private final LocalPostgres postgres;

    @TempDir
    private Path plugins;

    private Connection plain;

    TenantConnectionTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeEach
    void open() throws Exception {
        TestSolution.writeTo(plugins);
        TestDatabase database = TestDatabase.create(postgres, plugins);
        plain = postgres.dataSource(database.name(), "relata_app", TestDatabase.PASSWORD)
                .getConnection();
        plain.setAutoCommit(false);
    }

    @Test
    void bindsEveryStatementThatStandsAlone() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, false);

        for (int i = 0; i < 12; i++) {
            assertThat(asked(connection, i)).isEqualTo(ACME + " " + i);
            assertThat(outside()).isNullOrEmpty();
        }
    }

    @Test
    void bindsATransactionByItsFirstStatement() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, true);

        assertThat(asked(connection, 1)).isEqualTo(ACME + " 1");
        assertThat(asked(connection, 2)).isEqualTo(ACME + " 2");
        assertThat(outside()).isEqualTo(ACME.toString());
        plain.commit();
        assertThat(outside()).isNullOrEmpty();
    }

    @Test
    void bindsEveryStatementThatWasPreparedBeforeTheFirstRan() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, true);

        try (PreparedStatement first = connection.prepareStatement(WHO);
                PreparedStatement second = connection.prepareStatement(WHO)) {
            assertThat(asked(second, 2)).isEqualTo(ACME + " 2");
            assertThat(asked(first, 1)).isEqualTo(ACME + " 1");
        }
    }

    /// The driver looks at the size of what a described statement answers and may send it apart from what is before it.
    @Test
    void bindsStatementsWhoseValuesHaveNoTypeUntilTheyAreDescribed() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, false);

        for (int i = 0; i < 12; i++) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "select current_setting('app.tenant', true), 'a'::text where ?::date > 'epoch'")) {
                statement.setDate(1, Date.valueOf("2026-01-01"));
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    assertThat(rows.getString(1)).isEqualTo(ACME.toString());
                }
            }
        }
    }

    @Test
    void countsWhatTheStatementItselfChanged() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, false);

        String insert = "insert into relata.user_preference (tenant_id, user_id, locale) values (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setObject(1, ACME);
            statement.setObject(2, ACME);
            statement.setString(3, "en");
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
        try (PreparedStatement statement = connection.prepareStatement("delete from relata.user_preference")) {
            assertThat(statement.execute()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
        }
    }

    @Test
    void limitsTheTimeOfTheStatementAlone() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, Duration.ofMillis(50), false);

        try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
            statement.setInt(1, 20);
            assertThatThrownBy(statement::executeQuery)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            slow -> assertThat(slow.getSQLState()).isEqualTo("57014"));
        }
        plain.rollback();
        assertThat(asked(connection, 3)).isEqualTo(ACME + " 3");
    }

    @Test
    void refusesWhatCannotBringTheTenantAlong() throws SQLException {
        TenantConnection connection = new TenantConnection(plain, ACME, null, false);

        List<Attempt> attempts = List.of(
                connection::createStatement,
                () -> connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
                () -> connection.prepareStatement("select 1", 1),
                () -> connection.prepareStatement("select 1", ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY),
                () -> connection.prepareCall("select 1"),
                () -> connection.prepareStatement("select 1").execute("select 2"),
                () -> connection.prepareStatement("select 1").addBatch(),
                () -> connection.prepareStatement("select 1").executeBatch());
        for (Attempt attempt : attempts) {
            assertThatThrownBy(attempt::run).isInstanceOf(SQLFeatureNotSupportedException.class);
        }
    }

    @Test
    void goesOneWayForARead() {
        RecordingDataSource source =
                new RecordingDataSource(postgres.dataSource(databaseOf(plain), "relata_app", TestDatabase.PASSWORD));

        String read = new TenantTransaction(source)
                .read(
                        ACME,
                        sql -> sql.fetchSingle("select current_setting('app.tenant', true)")
                                .get(0, String.class));

        assertThat(read).isEqualTo(ACME.toString());
        assertThat(source.take()).containsExactly("select current_setting('app.tenant', true)");
    }

    /// Something that is refused.
    @FunctionalInterface
    private interface Attempt {
        void run() throws SQLException;
    }

    private static String databaseOf(Connection connection) {
        try {
            return connection.getCatalog();
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static String asked(Connection connection, int value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WHO)) {
            return asked(statement, value);
        }
    }

    private static String asked(PreparedStatement statement, int value) throws SQLException {
        statement.setInt(1, value);
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1) + " " + rows.getInt(2);
        }
    }

    private @Nullable String outside() throws SQLException {
        return asked(plain, 0).replaceAll("(null)? 0$", "");
    }
}
