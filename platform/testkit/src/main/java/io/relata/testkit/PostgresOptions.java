package io.relata.testkit;

import java.nio.file.Path;

/// How to run one PostgreSQL server.
///
/// @param home     where the unpacked binaries are kept; shared by any number of servers
/// @param data     the data directory, created at the first start
/// @param log      the file the server's messages go to
/// @param port     the port on 127.0.0.1, or [#ANY_PORT] to let the system pick one
/// @param password the password of the superuser, set at the first start
/// @param durable  true for data that must survive a crash; false trades that for speed
public record PostgresOptions(Path home, Path data, Path log, int port, String password, boolean durable) {

    /// Lets the operating system pick a free port.
    public static final int ANY_PORT = 0;

    public PostgresOptions {
        home = home.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        log = log.toAbsolutePath().normalize();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("No such port: " + port);
        }
        if (password.isBlank()) {
            throw new IllegalArgumentException("PostgreSQL needs a password");
        }
    }

    PostgresOptions withPort(int chosen) {
        return new PostgresOptions(home, data, log, chosen, password, durable);
    }
}
