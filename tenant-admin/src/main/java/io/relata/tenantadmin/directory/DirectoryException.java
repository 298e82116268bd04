package io.relata.tenantadmin.directory;

import org.jspecify.annotations.Nullable;

/// The directory did not do what was asked.
public final class DirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Why.
    public enum Reason {
        /// Another account or organization has this value.
        TAKEN,
        /// The value breaks one of the directory's rules.
        REJECTED,
        /// No usable answer.
        UNAVAILABLE
    }

    private final Reason reason;
    private final String field;

    private DirectoryException(Reason reason, String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.field = field;
    }

    public static DirectoryException taken(String field, @Nullable Throwable cause) {
        return new DirectoryException(Reason.TAKEN, field, "Already taken: " + field, cause);
    }

    public static DirectoryException rejected(String field, @Nullable Throwable cause) {
        return new DirectoryException(Reason.REJECTED, field, "Not accepted: " + field, cause);
    }

    public static DirectoryException unavailable(String message, @Nullable Throwable cause) {
        return new DirectoryException(Reason.UNAVAILABLE, "", message, cause);
    }

    public Reason reason() {
        return reason;
    }

    /// The field of the account or organization that the reason is about; empty when there is none.
    public String field() {
        return field;
    }
}
