package io.relata.core.vault;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The operator's keys, by name. The first wraps; the others are there to unwrap what was wrapped before.
public final class MasterKeys {

    private static final int BYTES = 32;
    private static final Pattern ONE = Pattern.compile("([A-Za-z0-9_-]{1,40}):([A-Za-z0-9+/]{43}=)");
    private static final String DEVELOPMENT = "development";

    private final String first;
    private final Map<String, SecretKey> keys;

    private MasterKeys(String first, Map<String, SecretKey> keys) {
        this.first = first;
        this.keys = Map.copyOf(keys);
    }

    /// Returns the keys that the text names: `name:key`, 32 bytes in Base64 each, with commas between; empty when it is
    /// written wrong.
    public static Optional<MasterKeys> read(String text) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String one : text.strip().split("\\s*,\\s*", -1)) {
            Matcher parts = ONE.matcher(one);
            if (!parts.matches()) {
                return Optional.empty();
            }
            byte[] bytes = Base64.getDecoder().decode(parts.group(2));
            if (keys.put(parts.group(1), new SecretKeySpec(bytes, "AES")) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new MasterKeys(keys.keySet().iterator().next(), keys));
    }

    /// Returns a key that everybody knows, for development and tests.
    public static MasterKeys development() {
        byte[] known = Arrays.copyOf("known to everybody".getBytes(StandardCharsets.US_ASCII), BYTES);
        return new MasterKeys(DEVELOPMENT, Map.of(DEVELOPMENT, new SecretKeySpec(known, "AES")));
    }

    /// Returns whether a key that everybody knows is among them.
    public boolean forDevelopment() {
        return keys.containsKey(DEVELOPMENT);
    }

    String first() {
        return first;
    }

    /// @throws IllegalStateException when it is not there
    SecretKey key(String name) {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new IllegalStateException("The master key " + name + " is not configured");
        }
        return key;
    }

    @Override
    public String toString() {
        return keys.keySet().toString();
    }
}
