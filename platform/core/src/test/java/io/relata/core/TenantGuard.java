package io.relata.core;

import io.relata.testkit.StatementJudge;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads every statement that the engine prepares in a test, and fails the test whose statement reaches a tenant's
/// table without the tenant as a bound value.
///
/// All databases of the tests have the same tables where they have them, so that a statement is judged once.
final class TenantGuard {

    private static final Map<String, Optional<String>> VERDICTS = new ConcurrentHashMap<>();

    private final StatementJudge judge;

    TenantGuard(TestDatabase database) {
        this.judge = new StatementJudge(
                database.postgres().jdbcUrl(database.name()),
                database.postgres().password());
    }

    Connection watch(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TenantGuard.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(connection, method, arguments));
    }

    private @Nullable Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("prepareStatement")) {
            check(Bound.statement((String) arguments[0]));
        }
        try {
            Object result = method.invoke(connection, arguments);
            return result instanceof Statement statement && method.getName().equals("createStatement")
                    ? watch(statement)
                    : result;
        } catch (InvocationTargetException exception) {
            throw exception.getCause();
        }
    }

    private Statement watch(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                TenantGuard.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute") && arguments != null && arguments.length > 0) {
                        check((String) arguments[0]);
                    }
                    try {
                        return method.invoke(statement, arguments);
                    } catch (InvocationTargetException exception) {
                        throw exception.getCause();
                    }
                });
    }

    /// @throws AssertionError if the statement reaches a tenant's table without the tenant
    void check(String statement) {
        VERDICTS.computeIfAbsent(statement, judge::fault).ifPresent(fault -> {
            throw new AssertionError(fault + "\nin: " + statement);
        });
    }
}
