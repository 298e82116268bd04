package io.relata.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs the hand-written endpoint into an archive that a server can run.
final class HandArchive {

    private static final String CLASSES = "io/relata/bench/hand/";
    private static final List<Class<?>> LIBRARIES =
            List.of(JWTClaimsSet.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class);

    private HandArchive() {}

    static void write(Path war) throws IOException {
        try (OutputStream out = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : classes()) {
                add(zip, "WEB-INF/classes/" + CLASSES + file.getFileName(), file);
            }
            for (Class<?> library : LIBRARIES) {
                Path jar = origin(library);
                add(zip, "WEB-INF/lib/" + jar.getFileName(), jar);
            }
        }
    }

    private static List<Path> classes() throws IOException {
        Path origin = origin(HandArchive.class);
        Path folder = Files.isDirectory(origin)
                ? origin.resolve(CLASSES)
                : FileSystems.newFileSystem(origin).getPath(CLASSES);
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    static Path origin(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }
}
