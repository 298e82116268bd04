package io.relata.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the JVM's PostgreSQL server as a parameter: `@ExtendWith(PostgresExtension.class)`.
///
/// All tests share the server; a test that needs its own data creates its own database.
public final class PostgresExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalPostgres.class;
    }

    @Override
    public LocalPostgres resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return LocalPostgres.forTests();
    }
}
