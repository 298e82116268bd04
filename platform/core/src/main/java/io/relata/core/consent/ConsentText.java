package io.relata.core.consent;

import io.relata.core.metadata.LocalizedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/// What people are shown when they are asked. It is never changed: another text is another version.
public record ConsentText(int version, LocalizedText texts, UUID by, Instant at) {

    /// Returns what tells a text from all others.
    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java has SHA-256", exception);
        }
    }
}
