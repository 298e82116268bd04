package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void namesThePartsByTheirPorts() {
        Addresses addresses = new Addresses(new Ports(9480), Addresses.LOOPBACK);

        assertThat(addresses.app()).isEqualTo("http://localhost:9480");
        assertThat(addresses.tenantAdmin()).isEqualTo("http://localhost:9481");
        assertThat(addresses.issuer()).isEqualTo("http://localhost:9482/realms/relata");
        assertThat(addresses.internal(9482)).isEqualTo("http://127.0.0.1:9482");
    }

    @Test
    void namesTheAddressItListensOn() {
        assertThat(new Addresses(new Ports(9480), "192.0.2.7").app()).isEqualTo("http://192.0.2.7:9480");
        assertThat(new Addresses(new Ports(9480), "0.0.0.0").internal(9480)).isEqualTo("http://127.0.0.1:9480");
    }

    @Test
    void seesThatPortIsTakenAndByWhom() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(new Addresses(new Ports(9480), Addresses.LOOPBACK).isFree(port))
                    .isFalse();
            assertThat(PortOwner.of(port))
                    .hasValueSatisfying(owner -> assertThat(owner)
                            .contains("process " + ProcessHandle.current().pid()));
        }
    }
}
