package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    private static final long GIGABYTE = 1L << 30;

    @TempDir
    Path folder = Path.of("");

    private Home home = new Home(folder);
    private Dist dist = new Dist(folder, new Properties());

    @BeforeEach
    void open() {
        home = new Home(folder.resolve("home"));
        home.open("0.1.0");
        Properties properties = new Properties();
        properties.setProperty("postgres.version", "18.6.0");
        properties.setProperty("liberty.version", "1");
        properties.setProperty("keycloak.version", "2");
        dist = new Dist(folder.resolve("dist"), properties);
    }

    @Test
    void refusesTakenPortAndSaysWhichAndByWhom() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Addresses addresses = new Addresses(new Ports(taken.getLocalPort() - 4), Addresses.LOOPBACK);
            Part postgres = new PostgresPart(home, addresses, Secrets.in(home));

            assertThatThrownBy(() -> new Preflight(home, dist, addresses).check(List.of(postgres)))
                    .isInstanceOf(LauncherException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + ", which PostgreSQL needs, is taken by ")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void refusesDataOfNewerPostgres() throws Exception {
        Files.createDirectories(home.postgresData());
        Files.writeString(home.postgresData().resolve("PG_VERSION"), "19\n");

        assertThatThrownBy(() -> preflight().check(List.of()))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("was written by PostgreSQL 19, but this Relata brings PostgreSQL 18");
    }

    @Test
    void refusesLittleDiskBeforeTheFirstStart() {
        assertThatThrownBy(() -> preflight().refuseLittleDisk(2 * GIGABYTE))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("2048 MB are free and 3000 MB are needed");
    }

    @Test
    void needsLessDiskOnceProgramsAreUnpacked() throws Exception {
        Files.createDirectories(Runtimes.liberty(home, dist));
        Files.createDirectories(Runtimes.keycloak(home, dist));

        assertThatCode(() -> preflight().refuseLittleDisk(GIGABYTE)).doesNotThrowAnyException();
    }

    private Preflight preflight() {
        return new Preflight(home, dist, new Addresses(new Ports(9480), Addresses.LOOPBACK));
    }
}
