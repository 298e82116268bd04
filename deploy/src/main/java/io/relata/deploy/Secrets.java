package io.relata.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;

/// The passwords of this installation, made at the first start and kept where only the owner may read them.
public record Secrets(
        String postgres,
        String keycloakDatabase,
        String relataOwner,
        String relataApp,
        String relataTenantAdmin,
        String keycloakAdmin,
        String webClient,
        String operatorClient,
        String operator) {

    private static final int BYTES = 24;

    /// Reads the secrets, or makes them if this home is new.
    static Secrets in(Home home) {
        Path file = home.secrets();
        try {
            if (Files.exists(file)) {
                return read(file);
            }
            if (home.hasData()) {
                throw new LauncherException(file + " is missing, and without it the data in " + home.root()
                        + " cannot be opened; restore the file, or start anew with --fresh.");
            }
            Secrets secrets = random();
            PrivateFiles.writeJson(file, secrets);
            return secrets;
        } catch (IOException e) {
            throw new LauncherException(
                    file + " cannot be read or written; restore the file, or start anew with --fresh.", e);
        }
    }

    /// For stopping, which must be possible without them: never fails, and opens nothing if they cannot be read.
    static Secrets ifReadable(Home home) {
        try {
            return read(home.secrets());
        } catch (IOException e) {
            return random();
        }
    }

    private static Secrets read(Path file) throws IOException {
        Secrets secrets = PrivateFiles.JSON.readValue(file.toFile(), Secrets.class);
        if (!secrets.complete()) {
            throw new IOException("a secret is missing");
        }
        return secrets;
    }

    private boolean complete() {
        return Stream.of(
                        postgres,
                        keycloakDatabase,
                        relataOwner,
                        relataApp,
                        relataTenantAdmin,
                        keycloakAdmin,
                        webClient,
                        operatorClient,
                        operator)
                .allMatch(secret -> secret != null && !secret.isBlank());
    }

    private static Secrets random() {
        SecureRandom random = new SecureRandom();
        return new Secrets(
                secret(random),
                secret(random),
                secret(random),
                secret(random),
                secret(random),
                secret(random),
                secret(random),
                secret(random),
                secret(random));
    }

    private static String secret(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Never prints a secret.
    @Override
    public String toString() {
        return "Secrets";
    }
}
