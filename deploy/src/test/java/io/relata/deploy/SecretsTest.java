package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @Test
    void makesSecretsOnceForTheOwnerAlone(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);

        Secrets first = Secrets.in(home);

        assertThat(Secrets.in(home)).isEqualTo(first);
        assertThat(first.postgres()).hasSizeGreaterThan(30).isNotEqualTo(first.keycloakAdmin());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.secrets())))
                .isEqualTo("rw-------");
    }

    @Test
    void neverPrintsSecrets(@TempDir Path folder) {
        Secrets secrets = Secrets.in(new Home(folder));

        assertThat(secrets.toString()).doesNotContain(secrets.postgres());
    }

    @Test
    void refusesBrokenFile(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        Files.writeString(home.secrets(), "{\"postgres\": \"x");

        assertThatThrownBy(() -> Secrets.in(home))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("secrets.json cannot be read or written; restore the file, or start anew");
    }

    @Test
    void letsBrokenFileNotHinderStopping(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        Files.writeString(home.secrets(), "{\"postgres\": \"x");

        assertThat(Secrets.ifReadable(home).postgres()).isNotEqualTo("x");
    }

    @Test
    void refusesFileThatLacksASecret(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        Files.writeString(home.secrets(), "{\"postgres\": \"x\"}");

        assertThatThrownBy(() -> Secrets.in(home)).isInstanceOf(LauncherException.class);
    }

    @Test
    void refusesNewSecretsForOldData(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        Files.createDirectories(home.postgresData());

        assertThatThrownBy(() -> Secrets.in(home))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("secrets.json is missing");
    }
}
