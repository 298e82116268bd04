package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @Test
    void createsItselfForTheOwnerAlone(@TempDir Path folder) throws Exception {
        Home home = new Home(folder.resolve("new/home"));

        home.open("0.1.0");

        assertThat(home.exists()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void opensForSameAndLaterVersions(@TempDir Path folder) {
        Home home = new Home(folder);
        home.open("0.1.0-SNAPSHOT");

        assertThatCode(() -> home.open("0.1.0-SNAPSHOT")).doesNotThrowAnyException();
        assertThatCode(() -> home.open("0.2.0")).doesNotThrowAnyException();
    }

    @Test
    void refusesDataOfNewerVersion(@TempDir Path folder) {
        Home home = new Home(folder);
        home.open("0.10.0");

        assertThatThrownBy(() -> home.open("0.9.1"))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("was written by Relata 0.10.0, but this is Relata 0.9.1");
    }

    @Test
    void refusesFolderOfSomebodyElse(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("letter.txt"), "Dear reader");

        assertThatThrownBy(() -> new Home(folder).open("0.1.0"))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("is no Relata home");
    }

    @Test
    void refusesPlaceThatCannotBeWritten(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> new Home(file.resolve("home")).open("0.1.0"))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void deletesDataButKeepsUnpackedPrograms(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        home.open("0.1.0");
        Secrets.in(home);
        Files.createDirectories(home.postgresData());
        Path program = Files.createDirectories(home.runtime().resolve("liberty"));

        home.deleteData();

        assertThat(home.postgresData()).doesNotExist();
        assertThat(home.secrets()).doesNotExist();
        assertThat(program).exists();
    }

    @Test
    void deletesNothingWhereRelataNeverWas(@TempDir Path folder) throws Exception {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader");

        new Home(folder).deleteData();

        assertThat(letter).exists();
    }

    @Test
    void letsOneCommandInAtATime(@TempDir Path folder) {
        Home home = new Home(folder);
        HomeLock first = HomeLock.acquire(home);

        assertThatThrownBy(() -> HomeLock.acquire(home))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("just starting or stopping");
        first.close();
        HomeLock.acquire(home).close();
    }
}
