package io.relata.tenantadmin.problem;

import java.util.Locale;

/// Every kind of error this service answers with.
public enum ProblemCode {
    MALFORMED_JSON(400),
    UNAUTHENTICATED(401),
    CSRF(403),
    FORBIDDEN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    VALIDATION(422),
    INTERNAL(500),
    DATABASE_UNAVAILABLE(503),
    DIRECTORY_UNAVAILABLE(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /// The code as it stands in the problem's type and in the message bundle.
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static ProblemCode ofStatus(int status) {
        return switch (status) {
            case 400 -> MALFORMED_JSON;
            case 401 -> UNAUTHENTICATED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            default -> INTERNAL;
        };
    }
}
