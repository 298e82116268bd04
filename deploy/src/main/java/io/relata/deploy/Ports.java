package io.relata.deploy;

/// The five ports of one running product, side by side.
///
/// @param base the first of them
public record Ports(int base) {

    /// Used unless the user says otherwise.
    public static final int DEFAULT_BASE = 9480;

    private static final int COUNT = 5;
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_535;

    public Ports {
        if (base < LOWEST || base + COUNT - 1 > HIGHEST) {
            throw new LauncherException("The port base must be between " + LOWEST + " and " + (HIGHEST - COUNT + 1)
                    + ", not " + base + ".");
        }
    }

    public int app() {
        return base;
    }

    public int tenantAdmin() {
        return base + 1;
    }

    public int keycloak() {
        return base + 2;
    }

    public int keycloakManagement() {
        return base + 3;
    }

    public int postgres() {
        return base + 4;
    }
}
