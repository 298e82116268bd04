package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// The unpacked programs in the home directory; each is made beside its place and moved, so it is whole or absent.
final class Runtimes {

    private static final String UNFINISHED = "unfinished-";

    private Runtimes() {}

    static Path liberty(Home home, Dist dist) {
        return home.runtime().resolve("liberty-" + dist.libertyVersion());
    }

    static Path keycloak(Home home, Dist dist) {
        return home.runtime().resolve("keycloak-" + dist.keycloakVersion());
    }

    static boolean complete(Home home, Dist dist) {
        return Files.isDirectory(liberty(home, dist)) && Files.isDirectory(keycloak(home, dist));
    }

    /// Removes what an interrupted start left.
    static void clearUnfinished(Home home) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(home.runtime())) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
        for (Path entry : left) {
            PrivateFiles.delete(entry);
        }
    }

    static void prepareLiberty(Home home, Dist dist, Progress progress) throws Exception {
        Path target = liberty(home, dist);
        if (Files.isDirectory(target)) {
            return;
        }
        progress.during("Unpacking Open Liberty " + dist.libertyVersion() + " (once)", () -> {
            Path unfinished = Files.createTempDirectory(home.runtime(), UNFINISHED);
            Archives.unzip(dist.libertyArchive(), unfinished);
            return place(unfinished, target);
        });
    }

    static void prepareKeycloak(Home home, Dist dist, Progress progress) throws Exception {
        Path target = keycloak(home, dist);
        if (Files.isDirectory(target)) {
            return;
        }
        Path unfinished = Files.createTempDirectory(home.runtime(), UNFINISHED);
        progress.during("Unpacking Keycloak " + dist.keycloakVersion() + " (once)", () -> {
            Archives.untar(dist.keycloakArchive(), unfinished);
            return unfinished;
        });
        progress.during("Building Keycloak for PostgreSQL (once)", () -> {
            KeycloakPart.build(onlyFolderIn(unfinished), home.logs().resolve("keycloak-build.log"));
            return place(unfinished, target);
        });
    }

    private static Path place(Path unfinished, Path target) throws IOException {
        Path moved = Files.move(onlyFolderIn(unfinished), target, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.delete(unfinished);
        return moved;
    }

    private static Path onlyFolderIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IOException("the archive is empty"));
        }
    }
}
