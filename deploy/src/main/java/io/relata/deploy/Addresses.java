package io.relata.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Where the parts listen, and how browsers and the parts themselves reach them.
///
/// @param ports  the ports
/// @param listen the address the web servers listen on; PostgreSQL and the management port never leave loopback
public record Addresses(Ports ports, String listen) {

    /// This machine alone.
    public static final String LOOPBACK = "127.0.0.1";

    private static final String EVERYWHERE = "0.0.0.0";

    /// The address of the platform in a browser.
    public String app() {
        return "http://" + publicHost() + ":" + ports.app();
    }

    /// The address of the control plane in a browser.
    public String tenantAdmin() {
        return "http://" + publicHost() + ":" + ports.tenantAdmin();
    }

    /// The address of Keycloak in a browser.
    public String keycloak() {
        return "http://" + publicHost() + ":" + ports.keycloak();
    }

    /// Who signs the tokens: the realm's address as every browser and token names it.
    public String issuer() {
        return keycloak() + "/realms/relata";
    }

    public String tokenUrl() {
        return issuer() + "/protocol/openid-connect/token";
    }

    /// How the parts reach each other, without name resolution.
    public String internal(int port) {
        return "http://" + internalHost() + ":" + port;
    }

    /// Whether a part could listen on this port now.
    boolean isFree(int port) {
        String address = port == ports.postgres() || port == ports.keycloakManagement() ? LOOPBACK : listen;
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// The address the way Liberty wants it.
    String libertyHost() {
        return listen.equals(EVERYWHERE) ? "*" : listen;
    }

    private String publicHost() {
        return listen.equals(LOOPBACK) || listen.equals(EVERYWHERE) ? "localhost" : listen;
    }

    private String internalHost() {
        return listen.equals(EVERYWHERE) ? LOOPBACK : listen;
    }
}
