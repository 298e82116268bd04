package io.relata.core.query;

import io.relata.core.Bound;
import io.relata.core.WrappedDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Hands out connections that write down the statements they are asked for, and takes them back for the next one.
public final class RecordingDataSource extends WrappedDataSource {

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    public RecordingDataSource(DataSource source) {
        super(source);
    }

    /// Returns the statements since the last call, but for the one that asks what a caller may do: its answer is kept
    /// for a second, so that it comes when the clock will.
    public List<String> take() {
        List<String> taken = statements.stream()
                .filter(statement -> !statement.contains("relata.access_member"))
                .toList();
        statements.clear();
        return taken;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection kept = idle.poll();
        Connection connection = kept == null ? source.getConnection() : kept;
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            idle.add(connection);
            return null;
        }
        if (method.getName().equals("prepareStatement")) {
            statements.add(Bound.statement((String) arguments[0]));
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException exception) {
            throw exception.getCause();
        }
    }
}
