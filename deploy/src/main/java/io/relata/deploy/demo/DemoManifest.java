package io.relata.deploy.demo;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.relata.deploy.LauncherException;
import io.relata.deploy.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a demo tenant is made of: `demo.json` in its folder of the assembled product.
record DemoManifest(TenantData tenant, List<PersonData> users, List<Import> imports) {

    private static final String FILE = "demo.json";

    DemoManifest {
        users = List.copyOf(users);
        imports = List.copyOf(imports);
    }

    /// The tenant as tenant-admin is told.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TenantData(
            String slug, String name, String locale, String timeZone, String currency, List<String> plugins) {}

    /// A person as tenant-admin is told.
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PersonData(String username, String email, String firstName, String lastName, String role) {

        /// Known to everybody, and meant to be: the production profile refuses such passwords.
        String password() {
            return "relata-" + username + "-dev";
        }

        boolean administrator() {
            return role.equals("administrator");
        }
    }

    /// A file to import, and how its columns map to fields.
    record Import(String file, String mapping) {}

    PersonData firstAdministrator() {
        return users.stream()
                .filter(PersonData::administrator)
                .findFirst()
                .orElseThrow(
                        () -> new LauncherException("The demo tenant " + tenant.slug() + " has no administrator."));
    }

    /// The folders of all demo tenants, in the order of their names.
    static List<Path> folders(Path demo) throws IOException {
        if (!Files.isDirectory(demo)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(demo)) {
            return folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .sorted()
                    .toList();
        }
    }

    static DemoManifest read(Path folder) throws IOException {
        return PrivateFiles.JSON.readValue(folder.resolve(FILE).toFile(), DemoManifest.class);
    }
}
