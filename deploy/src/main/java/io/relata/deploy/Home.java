package io.relata.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The one directory that holds everything Relata keeps on this machine.
public record Home(Path root) {

    /// Grows when a newer Relata keeps its things in a way an older one cannot read.
    private static final int LAYOUT = 1;

    /// Made once and dear: not deleted with the data, because it can be used again as it is.
    private static final List<String> KEPT_WHEN_FRESH = List.of("runtime", "run");

    public Home {
        root = root.toAbsolutePath().normalize();
    }

    public Path runtime() {
        return root.resolve("runtime");
    }

    public Path postgresData() {
        return root.resolve("data").resolve("postgres");
    }

    public Path files() {
        return root.resolve("data").resolve("files");
    }

    public Path plugins() {
        return root.resolve("plugins");
    }

    /// Configuration and applications of the two Liberty servers.
    public Path servers() {
        return root.resolve("servers");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /// Who runs at the moment: process ids and ports.
    public Path run() {
        return root.resolve("run");
    }

    public Path secrets() {
        return root.resolve("secrets.json");
    }

    public Path demo() {
        return root.resolve("demo.json");
    }

    private Path marker() {
        return root.resolve("relata.json");
    }

    /// Creates the directory, or makes sure that it is one this version may use.
    ///
    /// @param version the running version of Relata
    void open(String version) {
        try {
            create();
            if (!Files.exists(marker()) && !isEmpty()) {
                throw new LauncherException(
                        root + " holds other files and is no Relata home; choose an empty directory with --home.");
            }
            refuseNewer(version);
            for (Path folder : List.of(runtime(), run(), logs(), files(), plugins(), servers())) {
                Files.createDirectories(folder);
            }
            PrivateFiles.writeJson(marker(), Map.of("product", "relata", "version", version, "layout", LAYOUT));
        } catch (IOException e) {
            throw new LauncherException("The home directory " + root + " cannot be written: " + reason(e) + ".", e);
        }
    }

    /// Nobody else's business: logs and data are as private as the secrets.
    private void create() throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /// Deletes all data; what was only unpacked stays.
    void deleteData() {
        if (!Files.exists(marker())) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            List<Path> doomed = entries.filter(entry ->
                            !KEPT_WHEN_FRESH.contains(entry.getFileName().toString()))
                    .filter(entry -> !entry.equals(marker()))
                    .toList();
            for (Path entry : doomed) {
                PrivateFiles.delete(entry);
            }
        } catch (IOException e) {
            throw new LauncherException("The data in " + root + " cannot be deleted: " + reason(e) + ".", e);
        }
    }

    boolean hasData() {
        return Files.exists(postgresData());
    }

    boolean exists() {
        return Files.exists(marker());
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.findAny().isEmpty();
        }
    }

    private void refuseNewer(String version) throws IOException {
        if (!Files.exists(marker())) {
            return;
        }
        JsonNode found = PrivateFiles.JSON.readTree(marker().toFile());
        String wrote = found.path("version").asText("");
        if (found.path("layout").asInt(0) > LAYOUT || Version.of(wrote).isNewerThan(Version.of(version))) {
            throw new LauncherException("The data in " + root + " was written by Relata " + wrote
                    + ", but this is Relata " + version + "; start that version, or choose another --home.");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage();
    }
}
