package io.relata.tenantadmin.problem;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells a database that does not answer from a statement that it refused.
final class DatabaseFaults {

    /// SQLSTATE classes: connection exception, insufficient resources, operator intervention such as a shutdown.
    private static final Set<String> UNREACHABLE = Set.of("08", "53", "57");

    /// A statement that took too long: of class 57, but the database is there.
    private static final String CANCELLED = "57014";

    private DatabaseFaults() {}

    static boolean isUnreachable(Throwable failure) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException fault && saysSo(fault.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean saysSo(@Nullable String state) {
        return state != null
                && state.length() == 5
                && !state.equals(CANCELLED)
                && UNREACHABLE.contains(state.substring(0, 2));
    }
}
