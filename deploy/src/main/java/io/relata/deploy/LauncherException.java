package io.relata.deploy;

import org.jspecify.annotations.Nullable;

/// The product cannot be started or stopped; the message is one sentence that tells a person what to do.
public final class LauncherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LauncherException(String message) {
        super(message);
    }

    public LauncherException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
