package io.relata.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement that the engine issued.
///
/// @param binds in the order in which they were set
record Captured(String sql, List<Bind> binds) {

    /// One call of a setter of a prepared statement.
    ///
    /// @param arguments the parameter's number, its value, and what the setter wants besides
    record Bind(Method setter, List<@Nullable Object> arguments) {}

    private static final Pattern BINDING = Pattern.compile("^(select relata\\.set_tenant\\(([?, true]+)\\)); ");

    /// Returns the statement as the two that it may be: what binds it to its tenant, and the statement itself.
    List<Captured> apart() {
        Matcher binding = BINDING.matcher(sql);
        if (!binding.find()) {
            return List.of(this);
        }
        int values = (int) binding.group(2).chars().filter(each -> each == '?').count();
        List<Bind> before = new ArrayList<>();
        List<Bind> behind = new ArrayList<>();
        for (Bind bind : binds) {
            int number = (Integer) Objects.requireNonNull(bind.arguments().getFirst());
            List<@Nullable Object> arguments = new ArrayList<>(bind.arguments());
            arguments.set(0, number <= values ? number : number - values);
            (number <= values ? before : behind).add(new Bind(bind.setter(), arguments));
        }
        return List.of(
                new Captured(binding.group(1), before),
                new Captured(sql.substring(binding.end()).replaceFirst("; commit$", ""), behind));
    }

    /// Returns whether it only sets the transaction up.
    boolean setup() {
        return sql.startsWith("select relata.") || sql.startsWith("set ");
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, null, null);
        return statement;
    }

    /// Sets the values, those that name one record for another.
    void bind(PreparedStatement statement, @Nullable UUID from, @Nullable UUID to) throws SQLException {
        for (Bind bind : binds) {
            try {
                bind.setter()
                        .invoke(statement, replaced(statement, bind.arguments().toArray(), from, to));
            } catch (ReflectiveOperationException exception) {
                throw failure(exception);
            }
        }
    }

    private static @Nullable Object[] replaced(
            PreparedStatement statement, @Nullable Object[] arguments, @Nullable UUID from, @Nullable UUID to)
            throws SQLException {
        if (from == null) {
            return arguments;
        }
        @Nullable Object[] replaced = arguments.clone();
        if (from.equals(replaced[1])) {
            replaced[1] = to;
        } else if (replaced[1] instanceof String text) {
            // An array comes as a text too.
            replaced[1] = text.replace(from.toString(), String.valueOf(to));
        } else if (replaced[1] instanceof java.sql.Array array && array.getArray() instanceof Object[] elements) {
            Object[] others = Arrays.stream(elements)
                    .map(each -> from.equals(each) ? to : each)
                    .toArray();
            replaced[1] = statement.getConnection().createArrayOf(array.getBaseTypeName(), others);
        }
        return replaced;
    }

    private static SQLException failure(ReflectiveOperationException exception) {
        return exception instanceof InvocationTargetException invoked
                        && invoked.getCause() instanceof SQLException cause
                ? cause
                : new SQLException(exception);
    }
}
