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
    /// Definitions were changed since the plan was worked out.
    PLAN_OUTDATED,
    /// The plan is not in the state for it.
    PLAN_STATE,
    /// Others still need it.
    IN_USE,
    /// The same request is being carried out already.
    IN_PROGRESS,
    /// Another request on which this one depends was refused.
    FAILED_DEPENDENCY,
    /// It was there, but is not kept any more.
    GONE,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    /// More was asked for than there is room for just now.
    TOO_MANY_REQUESTS,
    UNAVAILABLE,
    INTERNAL;

    /// Returns the code as the API writes it, for example `tenant-suspended`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
