package io.relata.core.outgoing;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Where requests may go: over TLS, to addresses that belong to the public network, and to those that the operator
/// names. Thread-safe.
///
/// Which addresses are public is by RFC 6890 and the registries it founded (IANA's special-purpose addresses of IPv4
/// and IPv6).
public final class Destinations {

    private static final int HTTPS = 443;
    private static final int FIRST_FREE_PORT = 1024;
    private static final int MAX_PORT = 65_535;
    private static final int LONGEST = 2_000;

    /// Blocks that are not public, as address and length of the prefix.
    private static final List<Block> SPECIAL = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    /// Of IPv6 nothing outside of it is public: not what stands for an address of IPv4 either.
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    private final Set<String> allowed;

    /// @param allowed as `host:port`: what the operator lets through besides, without TLS too
    public Destinations(Collection<String> allowed) {
        this.allowed =
                allowed.stream().map(each -> each.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// @param bits of an address of this sort
    private record Block(BigInteger prefix, int length, int bits) {

        static Block of(String text) {
            int slash = text.indexOf('/');
            int length = Integer.parseInt(text.substring(slash + 1));
            try {
                byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
                int bits = address.length * Byte.SIZE;
                return new Block(new BigInteger(1, address).shiftRight(bits - length), length, bits);
            } catch (UnknownHostException impossible) {
                throw new IllegalArgumentException(text, impossible);
            }
        }

        boolean has(byte[] other) {
            return other.length * Byte.SIZE == bits
                    && new BigInteger(1, other).shiftRight(bits - length).equals(prefix);
        }
    }

    private static List<Block> blocks(String... texts) {
        return Arrays.stream(texts).map(Block::of).toList();
    }

    /// An address that requests may not go to.
    public static final class RefusedException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        RefusedException(String host) {
            super(host);
        }
    }

    /// Returns the message that says why an address may not be written down; nothing when it may. Whether its host is
    /// one of ours is looked at when a request goes out.
    public Optional<String> fault(URI address) {
        if (address.toString().length() > LONGEST
                || address.getHost() == null
                || address.getRawUserInfo() != null
                || address.getRawFragment() != null) {
            return Optional.of("outgoing-address");
        }
        int port = port(address);
        if (allowed.contains(key(address.getHost(), port))) {
            return Optional.empty();
        }
        if (!"https".equalsIgnoreCase(address.getScheme())) {
            return Optional.of("outgoing-https");
        }
        return port == HTTPS || (port >= FIRST_FREE_PORT && port <= MAX_PORT)
                ? Optional.empty()
                : Optional.of("outgoing-port");
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "http".equalsIgnoreCase(address.getScheme()) ? 80 : HTTPS;
    }

    /// Returns the addresses of a host, each of which requests may go to: whoever connects uses these, and does not ask
    /// again.
    ///
    /// @throws RefusedException when a single one of them is not public
    List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] found = InetAddress.getAllByName(host);
        if (!allowed.contains(key(host, port))) {
            for (InetAddress one : found) {
                if (!isPublic(one)) {
                    throw new RefusedException(host);
                }
            }
        }
        return Arrays.stream(found).map(one -> new InetSocketAddress(one, port)).toList();
    }

    /// Returns whether the address belongs to the public network.
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean special = SPECIAL.stream().anyMatch(block -> block.has(bytes));
        return !special && (address instanceof Inet4Address || GLOBAL_UNICAST.has(bytes));
    }

    private static String key(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }
}
