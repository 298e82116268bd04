package io.relata.deploy.demo;

import io.relata.deploy.LauncherException;
import io.relata.deploy.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `demo.json` in the home directory: every address and sign-in, for people's scripts.
public record DemoFile(
        String baseUrl,
        String tokenUrl,
        String tenantAdminUrl,
        String keycloakUrl,
        Person operator,
        Client operatorClient,
        List<Tenant> tenants) {

    public DemoFile {
        tenants = List.copyOf(tenants);
    }

    /// Someone who signs in in a browser.
    public record Person(String username, String password) {}

    /// A program that signs in by itself.
    public record Client(String clientId, String clientSecret) {}

    /// A demo tenant.
    public record Tenant(String slug, String name, String id, List<User> users, Client serviceAccount) {

        public Tenant {
            users = List.copyOf(users);
        }
    }

    /// A person of a demo tenant.
    public record User(String username, String password, String role) {}

    /// Reads the file.
    public static DemoFile read(Path file) {
        try {
            return PrivateFiles.JSON.readValue(file.toFile(), DemoFile.class);
        } catch (IOException e) {
            throw new LauncherException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
