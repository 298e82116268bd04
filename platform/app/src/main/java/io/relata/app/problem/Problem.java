package io.relata.app.problem;

import io.relata.core.problem.Messages;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal in words.
///
/// @param extras further members of the answer
public record Problem(
        String code,
        int status,
        String title,
        String detail,
        String requestId,
        List<Fault> faults,
        Map<String, Object> extras) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:relata:problem:";

    /// One thing wrong with the input.
    ///
    /// @param field `null` when no single field is at fault
    public record Fault(@Nullable String field, String code, String message) {}

    public Problem {
        faults = List.copyOf(faults);
        extras = Map.copyOf(extras);
    }

    /// Puts a refusal into words.
    public static Problem of(ProblemException refusal, Locale locale, String requestId) {
        String code = refusal.code().code();
        return new Problem(
                code,
                status(refusal.code()),
                Messages.text(locale, "title." + code, List.of()),
                Messages.text(locale, refusal.detail(), refusal.arguments()),
                requestId,
                refusal.violations().stream()
                        .map(violation -> fault(violation, locale))
                        .toList(),
                refusal.extras());
    }

    /// Returns the answer's body as RFC 9457 has it.
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE + code);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("instance", requestId);
        if (!faults.isEmpty()) {
            body.put("violations", faults.stream().map(Problem::violation).toList());
        }
        body.putAll(extras);
        return body;
    }

    private static Fault fault(Violation violation, Locale locale) {
        return new Fault(
                violation.field(), violation.code(), Messages.text(locale, violation.code(), violation.arguments()));
    }

    private static Map<String, Object> violation(Fault fault) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (fault.field() != null) {
            body.put("field", fault.field());
        }
        body.put("code", fault.code());
        body.put("message", fault.message());
        return body;
    }

    private static int status(ProblemCode code) {
        return switch (code) {
            case INVALID_QUERY, MALFORMED_JSON -> 400;
            case UNAUTHENTICATED -> 401;
            case CSRF, FORBIDDEN, TENANT_SUSPENDED, MEMBERSHIP_REMOVED, NO_TENANT -> 403;
            case NOT_FOUND, UNKNOWN_ENTITY -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case NOT_ACCEPTABLE -> 406;
            case IN_PROGRESS -> 409;
            case GONE -> 410;
            case CONFLICT, PLAN_OUTDATED, PLAN_STATE, IN_USE -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case VALIDATION -> 422;
            case FAILED_DEPENDENCY -> 424;
            case TOO_MANY_REQUESTS -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }
}
