package io.relata.tenantadmin.signin;

/// The sign-in service could not be asked; not the caller's fault.
public final class SignInUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SignInUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
