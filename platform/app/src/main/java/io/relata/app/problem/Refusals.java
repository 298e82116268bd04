package io.relata.app.problem;

import io.relata.app.identity.KeysUnavailableException;
import io.relata.core.limit.Meters;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantBusyException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Finds the refusal behind any exception. What is left over is our own fault: an internal error.
final class Refusals {

    /// After which to ask again, when the tenant's own work is in the way.
    private static final long BUSY_SECONDS = 5;

    private static final String STATEMENT_CANCELLED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /// Transactions that the database undid because others stood in their way: deadlocks, serialization failures.
    private static final String ROLLED_BACK = "40";

    private Refusals() {}

    static ProblemException of(Throwable thrown) {
        return switch (thrown) {
            case ProblemException refusal -> refusal;
            case WebApplicationException web -> ofStatus(web.getResponse().getStatus());
            case KeysUnavailableException away -> ProblemException.of(ProblemCode.UNAVAILABLE, "sign-in-unavailable");
            case TenantBusyException busy -> Meters.refusal("tenant-busy", BUSY_SECONDS, 1);
            default -> ofDatabase(thrown);
        };
    }

    private static ProblemException ofStatus(int status) {
        return switch (status) {
            case 401 -> ProblemException.of(ProblemCode.UNAUTHENTICATED, "unauthenticated");
            case 403 -> ProblemException.of(ProblemCode.FORBIDDEN, "forbidden");
            case 404 -> ProblemException.of(ProblemCode.NOT_FOUND, "unknown-route");
            case 405 -> ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED, "method-not-allowed");
            case 406 -> ProblemException.of(ProblemCode.NOT_ACCEPTABLE, "not-acceptable");
            case 413 -> ProblemException.of(ProblemCode.TOO_LARGE, "body-too-large");
            case 415 -> ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type");
            case 503 -> ProblemException.of(ProblemCode.UNAVAILABLE, "unavailable");
            default ->
                status < 500
                        ? ProblemException.of(ProblemCode.INVALID_QUERY, "bad-request")
                        : ProblemException.of(ProblemCode.INTERNAL, "internal");
        };
    }

    private static ProblemException ofDatabase(Throwable thrown) {
        SQLException fault = sqlFault(thrown);
        if (fault == null) {
            return ProblemException.of(ProblemCode.INTERNAL, "internal");
        }
        String state = fault.getSQLState() == null ? "" : fault.getSQLState();
        if (state.equals(STATEMENT_CANCELLED) || state.equals(LOCK_NOT_AVAILABLE)) {
            return ProblemException.of(ProblemCode.UNAVAILABLE, "took-too-long");
        }
        if (state.startsWith(ROLLED_BACK)) {
            return ProblemException.of(ProblemCode.UNAVAILABLE, "others-in-the-way");
        }
        // Connection exceptions, resources exhausted, operator intervention; and the pool's own, which has no state.
        boolean away = state.isEmpty() || state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
        return away
                ? ProblemException.of(ProblemCode.UNAVAILABLE, "unavailable")
                : ProblemException.of(ProblemCode.INTERNAL, "internal");
    }

    private static @Nullable SQLException sqlFault(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException fault) {
                return fault;
            }
        }
        return null;
    }
}
