package io.relata.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Hands out one kept connection and writes down the statements it is asked for, with their values.
final class CapturingDataSource extends PlainDataSource {

    private final Connection kept;
    private final List<Captured> captured = new ArrayList<>();

    CapturingDataSource(DataSource source) throws SQLException {
        this.kept = source.getConnection();
    }

    /// Returns the statements since the last call.
    List<Captured> take() {
        List<Captured> taken = List.copyOf(captured);
        captured.clear();
        return taken;
    }

    @Override
    public Connection getConnection() {
        return proxy(Connection.class, (method, arguments) -> switch (method.getName()) {
            case "close" -> null;
            case "prepareStatement" -> statement(kept.prepareStatement(String.valueOf(arguments[0])), arguments);
            default -> result(method, kept, arguments);
        });
    }

    private Object statement(PreparedStatement statement, @Nullable Object[] arguments) {
        Captured noted = new Captured((String) arguments[0], new ArrayList<>());
        return proxy(PreparedStatement.class, (method, values) -> {
            if (method.getName().startsWith("set")
                    && values != null
                    && values.length > 1
                    && values[0] instanceof Integer) {
                noted.binds().add(new Captured.Bind(method, new ArrayList<>(Arrays.asList(values))));
            } else if (method.getName().startsWith("execute")) {
                captured.addAll(noted.apart());
            }
            return result(method, statement, values);
        });
    }

    @FunctionalInterface
    private interface Call {
        @Nullable
        Object on(Method method, @Nullable Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    private static @Nullable Object result(Method method, Object target, @Nullable Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException exception) {
            throw exception.getCause();
        }
    }
}
