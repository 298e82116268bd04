package io.relata.core;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Hands out connections whose statements the guard reads.
final class GuardedDataSource extends WrappedDataSource {

    private final TenantGuard guard;

    GuardedDataSource(DataSource source, TenantGuard guard) {
        super(source);
        this.guard = guard;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return guard.watch(source.getConnection());
    }
}
