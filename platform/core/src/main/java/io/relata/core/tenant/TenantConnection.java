package io.relata.core.tenant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jspecify.annotations.Nullable;

/// A connection inside a transaction whose statements bring the tenant along: what binds the transaction goes to the
/// database in front of the first statement, on the same way there and back. Where each statement is a transaction of
/// its own, the binding goes in front of each and the commit behind it.
///
/// Whatever cannot bring the tenant along is refused.
final class TenantConnection extends DefaultConnection {

    private final UUID tenant;
    private final @Nullable Duration patience;
    private final boolean lasting;
    private final boolean steady;
    private boolean bound;

    /// @param patience how long a statement may take; `null` for as long as usual
    /// @param lasting  whether one transaction holds all statements
    TenantConnection(Connection connection, UUID tenant, @Nullable Duration patience, boolean lasting) {
        this(connection, tenant, patience, lasting, false);
    }

    private TenantConnection(
            Connection connection, UUID tenant, @Nullable Duration patience, boolean lasting, boolean steady) {
        super(connection);
        this.tenant = tenant;
        this.patience = patience;
        this.lasting = lasting;
        this.steady = steady;
    }

    /// Returns the same for statements whose plan is the same for all values, so that it is made once and kept.
    TenantConnection steady() {
        return lasting || patience == null ? this : new TenantConnection(getDelegate(), tenant, patience, false, true);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        if (bound) {
            return getDelegate().prepareStatement(sql);
        }
        PreparedStatement statement = getDelegate().prepareStatement(binding() + sql + (lasting ? "" : "; commit"));
        bind(statement);
        return (PreparedStatement) Proxy.newProxyInstance(
                TenantConnection.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> call(statement, method, arguments));
    }

    private String binding() {
        if (patience == null) {
            return "select relata.set_tenant(?); ";
        }
        return steady ? "select relata.set_tenant(?, ?, true); " : "select relata.set_tenant(?, ?); ";
    }

    private int values() {
        return patience == null ? 1 : 2;
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setObject(1, tenant);
        if (patience != null) {
            statement.setInt(2, Math.toIntExact(patience.toMillis()));
        }
    }

    private @Nullable Object call(PreparedStatement statement, Method method, @Nullable Object @Nullable [] arguments)
            throws SQLException {
        return switch (method.getName()) {
            case "execute" -> {
                refuseText(arguments);
                yield executed(statement);
            }
            case "executeQuery" -> {
                refuseText(arguments);
                executed(statement);
                yield statement.getResultSet();
            }
            case "executeUpdate" -> {
                refuseText(arguments);
                executed(statement);
                yield statement.getUpdateCount();
            }
            case "addBatch", "executeBatch", "executeLargeBatch", "executeLargeUpdate" -> throw refusal();
            default -> invoke(statement, method, shifted(method, arguments));
        };
    }

    /// Leaves behind what the binding answered.
    private boolean executed(PreparedStatement statement) throws SQLException {
        statement.execute();
        boolean rows = statement.getMoreResults();
        bound = lasting;
        return rows;
    }

    /// The values of the statement stand behind those that bind it.
    private @Nullable Object @Nullable [] shifted(Method method, @Nullable Object @Nullable [] arguments) {
        boolean value = method.getName().startsWith("set")
                && arguments != null
                && arguments.length > 1
                && method.getParameterTypes()[0] == int.class;
        if (!value || arguments == null) {
            return arguments;
        }
        @Nullable Object[] shifted = arguments.clone();
        shifted[0] = values() + (Integer) arguments[0];
        return shifted;
    }

    private static @Nullable Object invoke(
            PreparedStatement statement, Method method, @Nullable Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException exception) {
            if (exception.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw exception.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(exception.getCause());
        } catch (IllegalAccessException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static void refuseText(@Nullable Object @Nullable [] arguments) throws SQLException {
        if (arguments != null && arguments.length > 0) {
            throw refusal();
        }
    }

    private static SQLException refusal() {
        return new SQLFeatureNotSupportedException("Only a prepared statement brings the tenant along");
    }

    @Override
    public Statement createStatement() throws SQLException {
        throw refusal();
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        throw refusal();
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        throw refusal();
    }

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw refusal();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        throw refusal();
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        throw refusal();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        throw refusal();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        throw refusal();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int keys) throws SQLException {
        throw refusal();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        throw refusal();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        throw refusal();
    }
}
