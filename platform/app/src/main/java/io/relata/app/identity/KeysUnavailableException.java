package io.relata.app.identity;

/// The identity provider's keys cannot be had, so no token can be judged: not the caller's fault.
public final class KeysUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeysUnavailableException(Throwable cause) {
        super(cause);
    }
}
