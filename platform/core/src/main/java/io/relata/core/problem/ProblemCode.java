package io.relata.core.problem;

import java.util.Locale;

/// The kinds of refusal. The name in kebab case is the last part of the problem's type URI.
public enum ProblemCode {
    UNAUTHENTICATED,
    CSRF,
    FORBIDDEN,
    TENANT_SUSPENDED,
    MEMBERSHIP_REMOVED,
    NO_TENANT,
    NOT_FOUND,
    UNKNOWN_ENTITY,
    INVALID_QUERY,
    MALFORMED_JSON,
    VALIDATION,
    CONFLICT,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    UNAVAILABLE,
    INTERNAL;

    /// Returns the code as the API writes it, for example `tenant-suspended`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
