package io.relata.core.tenant;

import io.relata.spi.CallContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/// The only way to tenants' data: one connection, one database transaction, bound to one tenant.
///
/// The tenant is set first in the transaction through a function that runs `SET LOCAL`, so that row-level
/// security holds for every statement that follows and nothing is left on the pooled connection.
public final class TenantTransaction {

    private static final Settings SETTINGS = new Settings().withRenderSchema(true);

    private final DataSource dataSource;
    private final Recall recall = new Recall();

    public TenantTransaction(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Work inside a transaction.
    @FunctionalInterface
    public interface Work<T> {
        T run(DSLContext sql);
    }

    /// Runs the work for the caller's tenant and commits; any exception rolls everything back.
    public <T> T call(CallContext context, Work<T> work) {
        return call(context.tenant(), work);
    }

    /// Runs the work for the tenant and commits; any exception rolls everything back.
    public <T> T call(UUID tenant, Work<T> work) {
        return run(connection -> bind(connection, tenant), work);
    }

    /// Runs queries whose values decide how they are best answered, and whose statements may take so long each.
    public <T> T query(CallContext context, Duration patience, Work<T> work) {
        return run(connection -> bind(connection, context.tenant(), patience), work);
    }

    /// Returns what these transactions remember.
    public Recall recall() {
        return recall;
    }

    @FunctionalInterface
    private interface Beginning {
        void on(Connection connection) throws SQLException;
    }

    private <T> T run(Beginning beginning, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                beginning.on(connection);
                DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
                sql.configuration().data(Recall.class, recall);
                T result = work.run(sql);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException exception) {
            throw new DatabaseUnavailableException(exception);
        }
    }

    private static void bind(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select relata.set_tenant(?)")) {
            statement.setObject(1, tenant);
            statement.execute();
        }
    }

    private static void bind(Connection connection, UUID tenant, Duration patience) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select relata.set_tenant(?, ?)")) {
            statement.setObject(1, tenant);
            statement.setInt(2, Math.toIntExact(patience.toMillis()));
            statement.execute();
        }
    }
}
