package io.relata.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/// The assembled product: applications, configuration, libraries, plugins, and where the runtimes' archives are.
///
/// @param root       the folder
/// @param properties what the build knew: versions and archives
public record Dist(Path root, Properties properties) {

    /// Reads the folder that the build assembled.
    public static Dist at(Path root) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(root.resolve("dist.properties"))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new LauncherException("There is no assembled product in " + root + "; build it with deploy/up.", e);
        }
        return new Dist(root.toAbsolutePath().normalize(), properties);
    }

    public String version() {
        return property("version");
    }

    /// Names this build: another one has another name.
    String build() throws IOException {
        return Folders.fingerprint(root);
    }

    int postgresMajorVersion() {
        return Version.of(property("postgres.version")).major();
    }

    String libertyVersion() {
        return property("liberty.version");
    }

    String keycloakVersion() {
        return property("keycloak.version");
    }

    Path libertyArchive() {
        return archive("liberty.archive");
    }

    Path keycloakArchive() {
        return archive("keycloak.archive");
    }

    /// Configuration and application of a Liberty server.
    Path server(String name) {
        return root.resolve(name);
    }

    Path plugins() {
        return root.resolve("plugins");
    }

    Path libraries() {
        return root.resolve("lib");
    }

    Path realmTemplate() {
        return root.resolve("keycloak").resolve("relata-realm.json");
    }

    public Path demo() {
        return root.resolve("demo");
    }

    private Path archive(String key) {
        Path archive = Path.of(property(key));
        if (!Files.isReadable(archive)) {
            throw new LauncherException(archive + " is missing; run mvn package again.");
        }
        return archive;
    }

    private String property(String key) {
        return properties.getProperty(key, "");
    }
}
