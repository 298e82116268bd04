package io.relata.core.tenant;

import io.relata.spi.CallContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The only way to tenants' data: one connection, one database transaction, bound to one tenant.
///
/// The tenant is set first in the transaction through a function that runs `SET LOCAL`, so that row-level
/// security holds for every statement that follows and nothing is left on the pooled connection; see
/// [TenantConnection].
public final class TenantTransaction {

    /// Without what is done for each statement or record and used by nobody here.
    private static final Settings SETTINGS = new Settings()
            .withRenderSchema(true)
            .withExecuteLogging(false)
            .withFetchWarnings(false)
            .withAttachRecords(false);

    private final DataSource dataSource;
    private final Turns turns;
    private final Recall recall = new Recall();

    public TenantTransaction(DataSource dataSource) {
        this(dataSource, Turns.forThisMachine((tenant, time) -> {}));
    }

    /// @param turns decides who is next when there is much to do
    public TenantTransaction(DataSource dataSource, Turns turns) {
        this.dataSource = dataSource;
        this.turns = turns;
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
        return run(tenant, null, true, work);
    }

    /// Runs work that only looks, for the tenant: each statement is a transaction of its own. Where every statement
    /// sees
    /// what is committed when it begins, a transaction around them would show nothing else, and cost one more way to
    /// the
    /// database and back.
    public <T> T read(UUID tenant, Work<T> work) {
        return run(tenant, null, false, work);
    }

    /// Runs queries, as [#read] does, whose values decide how they are best answered, and whose statements may take so
    /// long each.
    public <T> T query(CallContext context, Duration patience, Work<T> work) {
        return run(context.tenant(), patience, false, work);
    }

    private <T> T run(UUID tenant, @Nullable Duration patience, boolean lasting, Work<T> work) {
        Turns.Turn turn = turns.take(tenant);
        try (turn;
                Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.run(sql(new TenantConnection(connection, tenant, patience, lasting)));
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

    /// Returns what these transactions remember.
    public Recall recall() {
        return recall;
    }

    private DSLContext sql(TenantConnection connection) {
        DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES, SETTINGS);
        sql.configuration().data(Recall.class, recall);
        sql.configuration().data(TenantConnection.class, connection);
        return sql;
    }

    /// Returns the same for queries that are best answered in one way whatever their values are.
    public static DSLContext steady(DSLContext sql) {
        return sql.configuration().data(TenantConnection.class) instanceof TenantConnection connection
                ? DSL.using(sql.configuration().derive(connection.steady()))
                : sql;
    }
}
