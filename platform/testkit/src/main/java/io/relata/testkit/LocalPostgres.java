package io.relata.testkit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/// A real PostgreSQL server on this machine, from binaries on the class path; it listens on 127.0.0.1 alone.
///
/// Two uses: [#forTests()] gives the one fast, throw-away server of this JVM; [#start(PostgresOptions)] runs a
/// durable one whose process outlives the JVM until it is stopped. Safe to share between threads.
public final class LocalPostgres {

    /// The name of the superuser.
    public static final String SUPERUSER = "postgres";

    private final PostgresOptions options;
    private final Postmaster postmaster;

    LocalPostgres(PostgresOptions options, Postmaster postmaster) {
        this.options = options;
        this.postmaster = postmaster;
    }

    /// The server that all tests of this JVM share, started at the first call and gone with the JVM, even if killed.
    public static LocalPostgres forTests() {
        return TestServer.SHARED.postgres();
    }

    /// Starts the server, or takes over the one that already serves this data directory.
    ///
    /// A server left behind by a killed JVM is adopted when it listens on the wanted port, and stopped otherwise; a
    /// pid file left behind by a killed server is cleared away.
    ///
    /// @throws PostgresException when it cannot start; nothing is left running then
    public static LocalPostgres start(PostgresOptions options) {
        return PostgresStarter.of(options).adoptOrLaunch();
    }

    /// Stops the server of this data directory, if one runs, whoever started it.
    public static boolean stop(Path data) {
        Optional<Postmaster> running = Postmaster.of(data);
        running.ifPresent(Postmaster::stop);
        return running.isPresent();
    }

    /// The process that serves this data directory, if one runs.
    public static Optional<ProcessHandle> running(Path data) {
        return Postmaster.of(data).map(Postmaster::process);
    }

    /// Stops the server; the data stays.
    public void stop() {
        postmaster.stop();
    }

    public int port() {
        return postmaster.port();
    }

    public ProcessHandle process() {
        return postmaster.process();
    }

    public String password() {
        return options.password();
    }

    /// The address of a database of this server, for JDBC.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /// Opens a connection as the superuser.
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password());
    }

    /// A source of unpooled connections.
    public PGSimpleDataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /// Creates an empty database and returns its JDBC address.
    public String createDatabase(String name) throws SQLException {
        execute("postgres", "create database " + quoted(name) + " template template0");
        return jdbcUrl(name);
    }

    /// Creates an empty database whose name nobody else uses, and returns the name.
    public String createDatabase() throws SQLException {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        createDatabase(name);
        return name;
    }

    /// Drops a database, ending the sessions that still use it.
    public void dropDatabase(String name) throws SQLException {
        execute("postgres", "drop database if exists " + quoted(name) + " with (force)");
    }

    /// Runs one statement as the superuser.
    public void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
