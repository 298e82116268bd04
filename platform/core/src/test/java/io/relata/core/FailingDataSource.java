package io.relata.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/// A database that goes away at the n-th commit, and stays away: what a process sees when it or the database dies.
public final class FailingDataSource {

    /// What became of the commit at which it happens.
    public enum Commit {
        /// Nothing of the transaction is there.
        LOST,
        /// All of it is there, but nobody was told.
        DONE
    }

    private final DataSource real;
    private final int failAt;
    private final Commit commit;
    private final AtomicInteger commits = new AtomicInteger();

    private FailingDataSource(DataSource real, int failAt, Commit commit) {
        this.real = real;
        this.failAt = failAt;
        this.commit = commit;
    }

    public static DataSource failing(DataSource real, int failAt, Commit commit) {
        FailingDataSource source = new FailingDataSource(real, failAt, commit);
        return (DataSource) Proxy.newProxyInstance(
                FailingDataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> source.connection());
    }

    private Connection connection() throws SQLException {
        if (commits.get() >= failAt) {
            throw new SQLException("The database is away", "08001");
        }
        Connection connection = real.getConnection();
        return (Connection) Proxy.newProxyInstance(
                FailingDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && commits.incrementAndGet() == failAt) {
                        end(connection);
                        throw new SQLException("The connection broke", "08006");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException exception) {
                        throw exception.getCause();
                    }
                });
    }

    private void end(Connection connection) throws SQLException {
        if (commit == Commit.DONE) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }
}
