package io.relata.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private final Destinations destinations = new Destinations(List.of("localhost:8099", "inside.example:80"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.0.0.2",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1"
            })
    void addressesInsideAreNotPublic(String address) throws UnknownHostException {
        assertThat(Destinations.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.9.9.9",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::200e",
                "2400:3200::1"
            })
    void othersAre(String address) throws UnknownHostException {
        assertThat(Destinations.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com/hook, outgoing-https",
        "ftp://example.com/hook, outgoing-https",
        "file:///etc/passwd, outgoing-address",
        "https:///hook, outgoing-address",
        "https://user:password@example.com/, outgoing-address",
        "https://example.com/#part, outgoing-address",
        "mailto:somebody@example.com, outgoing-address",
        "https://example.com:25/, outgoing-port",
        "https://example.com:80/, outgoing-port",
        "https://localhost:8098/, ",
        "https://example.com/hook?a=b, ",
        "https://example.com:8443/, ",
        "http://localhost:8099/hook, ",
        "http://INSIDE.example/, "
    })
    void saysWhatAnAddressLacks(String address, String fault) {
        assertThat(destinations.fault(URI.create(address)).orElse(null)).isEqualTo(fault);
    }

    /// However somebody writes the address of the machine itself.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "017700000001",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:0:0:1]",
                "0",
                "localhost."
            })
    void noNameLeadsInside(String host) {
        assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> destinations.resolve(host, 443));
    }

    @Test
    void whatTheOperatorNamesIsLetThroughOnItsPortAlone() throws UnknownHostException {
        assertThat(destinations.resolve("localhost", 8099)).isNotEmpty();
        assertThatExceptionOfType(Destinations.RefusedException.class)
                .isThrownBy(() -> destinations.resolve("localhost", 8100));
    }
}
