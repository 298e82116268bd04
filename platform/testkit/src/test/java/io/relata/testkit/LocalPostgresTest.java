package io.relata.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    @Test
    void keepsDataBetweenStarts(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        LocalPostgres first = LocalPostgres.start(options);
        try {
            first.execute("postgres", "create table kept as select 42 as answer");
            assertThat(ask(first, "show fsync")).isEqualTo("on");
            assertThat(ask(first, "show listen_addresses")).isEqualTo("127.0.0.1");
        } finally {
            first.stop();
        }
        assertThat(LocalPostgres.running(options.data())).isEmpty();

        LocalPostgres second = LocalPostgres.start(options);
        try {
            assertThat(ask(second, "select answer from kept")).isEqualTo("42");
        } finally {
            second.stop();
        }
    }

    @Test
    void recoversAfterKill(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        LocalPostgres first = LocalPostgres.start(options);
        first.execute("postgres", "create table kept as select 42 as answer");
        ProcessHandle process = first.process();
        process.destroyForcibly();
        process.onExit().join();
        assertThat(options.data().resolve("postmaster.pid")).exists();

        LocalPostgres second = LocalPostgres.start(options);
        try {
            assertThat(ask(second, "select answer from kept")).isEqualTo("42");
        } finally {
            second.stop();
        }
    }

    @Test
    void adoptsServerThatStillRunsOnTheSamePort(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        LocalPostgres first = LocalPostgres.start(options);
        try {
            assertThat(LocalPostgres.start(options).process()).isEqualTo(first.process());
        } finally {
            first.stop();
        }
    }

    @Test
    void movesServerThatStillRunsOnAnotherPort(@TempDir Path folder) throws Exception {
        LocalPostgres first = LocalPostgres.start(options(folder, freePort(), "secret"));
        LocalPostgres second = LocalPostgres.start(options(folder, freePort(), "secret"));
        try {
            assertThat(first.process().isAlive()).isFalse();
            assertThat(ask(second, "select 1")).isEqualTo("1");
        } finally {
            second.stop();
        }
    }

    @Test
    void ignoresPidFileThatNamesAnotherProgram(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        LocalPostgres.start(options).stop();
        Files.writeString(
                options.data().resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + options.data() + "\n0\n" + options.port() + "\n\n127.0.0.1\n");

        assertThat(LocalPostgres.running(options.data())).isEmpty();
        LocalPostgres.start(options).stop();
    }

    @Test
    void asksForPassword(@TempDir Path folder) throws Exception {
        int port = freePort();
        LocalPostgres server = LocalPostgres.start(options(folder, port, "secret"));
        try {
            assertThatThrownBy(() -> LocalPostgres.start(options(folder, port, "guess")))
                    .isInstanceOf(PostgresException.class)
                    .hasMessageContaining("does not let us in");
        } finally {
            server.stop();
        }
    }

    @Test
    void refusesFolderWithOtherFiles(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        Files.createDirectories(options.data());
        Files.writeString(options.data().resolve("letter.txt"), "Dear reader");

        assertThatThrownBy(() -> LocalPostgres.start(options))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("holds other files");
        assertThat(options.data().resolve("letter.txt")).exists();
    }

    @Test
    void refusesDataOfNewerVersion(@TempDir Path folder) throws Exception {
        PostgresOptions options = options(folder, freePort(), "secret");
        Files.createDirectories(options.data());
        Files.writeString(options.data().resolve("PG_VERSION"), "19\n");

        assertThatThrownBy(() -> LocalPostgres.start(options))
                .isInstanceOf(PostgresException.class)
                .hasMessageContaining("written by PostgreSQL 19, but this is PostgreSQL 18");
    }

    @Test
    void saysThatPortIsTaken(@TempDir Path folder) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PostgresOptions options = options(folder, taken.getLocalPort(), "secret");
            assertThatThrownBy(() -> LocalPostgres.start(options)).isInstanceOf(PostgresException.class);
            assertThat(LocalPostgres.running(options.data())).isEqualTo(Optional.empty());
        }
    }

    private static PostgresOptions options(Path folder, int port, String password) {
        return new PostgresOptions(
                BINARIES, folder.resolve("data"), folder.resolve("log/postgres.log"), port, password, true);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String ask(LocalPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
