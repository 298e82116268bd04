package io.relata.testkit;

import org.jspecify.annotations.Nullable;

/// The local PostgreSQL server could not be unpacked, started or stopped; the message is one plain sentence for people.
public final class PostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PostgresException(String message) {
        super(message);
    }

    public PostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
