package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @Test
    void mirrorsNewChangedAndDeletedFiles(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("source");
        Files.createDirectories(source.resolve("apps"));
        Path target = folder.resolve("target");
        Files.writeString(source.resolve("server.xml"), "one");
        Files.writeString(source.resolve("apps/app.war"), "war");
        Folders.mirror(source, target);
        Files.writeString(source.resolve("server.xml"), "other");
        Files.delete(source.resolve("apps/app.war"));
        Files.delete(source.resolve("apps"));

        Folders.mirror(source, target);

        assertThat(target.resolve("server.xml")).hasContent("other");
        assertThat(target.resolve("apps")).doesNotExist();
    }

    @Test
    void noticesAChangedFile(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("app.war"), "war");
        String before = Folders.fingerprint(folder);
        assertThat(Folders.fingerprint(folder)).isEqualTo(before);

        Files.writeString(folder.resolve("app.war"), "longer");

        assertThat(Folders.fingerprint(folder)).isNotEqualTo(before);
    }
}
