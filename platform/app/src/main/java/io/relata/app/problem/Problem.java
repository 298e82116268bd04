package io.relata.app.problem;

import io.relata.core.problem.Messages;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A refusal as the API answers it (RFC 9457).
public record Problem(int status, Map<String, Object> body) {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE = "urn:relata:problem:";

    /// Puts a refusal into words.
    public static Problem of(ProblemException refusal, Locale locale, String requestId) {
        int status = status(refusal.code());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", TYPE + refusal.code().code());
        body.put("title", Messages.text(locale, "title." + refusal.code().code(), List.of()));
        body.put("status", status);
        body.put("detail", Messages.text(locale, refusal.detail(), refusal.arguments()));
        body.put("instance", requestId);
        if (!refusal.violations().isEmpty()) {
            body.put(
                    "violations",
                    refusal.violations().stream()
                            .map(violation -> violation(violation, locale))
                            .toList());
        }
        body.putAll(refusal.extras());
        return new Problem(status, body);
    }

    private static Map<String, Object> violation(Violation violation, Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (violation.field() != null) {
            body.put("field", violation.field());
        }
        body.put("code", violation.code());
        body.put("message", Messages.text(locale, violation.code(), violation.arguments()));
        return body;
    }

    private static int status(ProblemCode code) {
        return switch (code) {
            case INVALID_QUERY, MALFORMED_JSON -> 400;
            case UNAUTHENTICATED -> 401;
            case CSRF, FORBIDDEN, TENANT_SUSPENDED, MEMBERSHIP_REMOVED, NO_TENANT -> 403;
            case NOT_FOUND, UNKNOWN_ENTITY -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case CONFLICT -> 412;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case VALIDATION -> 422;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }
}
