package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Classes loaded and linked ahead of time: the JVM writes them when a first run ends well, later runs start faster.
///
/// @param folder   where the caches are
/// @param server   whose cache
/// @param maxHeap  a cache holds only for the flags it was trained with
/// @param training whether a run without a cache trains one
record AotCache(Path folder, String server, Dist dist, String maxHeap, boolean training) {

    /// The option by which a training run is known.
    static final String TRAINING = "-XX:AOTCacheOutput=";

    /// What to tell the JVM.
    List<String> options() throws IOException {
        if (Files.exists(cache())) {
            return List.of("-XX:AOTCache=" + cache());
        }
        if (!training) {
            return List.of();
        }
        Files.createDirectories(folder);
        deleteOthers(".training");
        return List.of(TRAINING + unfinished());
    }

    /// Called after the server has ended: only then is a cache that was being trained complete.
    void keepTrained() throws IOException {
        if (!Files.exists(unfinished())) {
            return;
        }
        deleteOthers(".aot");
        Files.move(unfinished(), cache(), StandardCopyOption.ATOMIC_MOVE);
    }

    /// Those of an older application, or of a run that did not end well.
    private void deleteOthers(String kind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path old : files.filter(file -> file.getFileName().toString().startsWith(server + "-"))
                    .filter(file -> file.getFileName().toString().contains(kind))
                    .toList()) {
                Files.delete(old);
            }
        }
    }

    private Path cache() throws IOException {
        return folder.resolve(server + "-" + key() + ".aot");
    }

    private Path unfinished() throws IOException {
        return folder.resolve(server + "-" + key() + ".training");
    }

    /// Changes with everything that makes a cache useless: Java, Liberty, flags and the application.
    private String key() throws IOException {
        String application = Folders.fingerprint(dist.server(server));
        int hash = Objects.hash(Runtime.version().toString(), dist.libertyVersion(), maxHeap, application);
        return Integer.toHexString(hash);
    }
}
