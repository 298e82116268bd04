package io.relata.core.tenant;

import java.sql.SQLException;

/// The database could not be reached or gave up on the connection; the work was not done.
public final class DatabaseUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailableException(SQLException cause) {
        super(cause);
    }
}
