package io.relata.app.identity;

/// The token is not one of ours for this purpose, or not any more. The message never holds the token.
public final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message, Throwable cause) {
        super(message, cause);
    }

    public InvalidTokenException(String message) {
        super(message);
    }
}
