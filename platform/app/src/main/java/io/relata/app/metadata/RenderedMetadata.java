package io.relata.app.metadata;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.relata.app.json.JsonBodyWriter;
import io.relata.core.metadata.MetadataSnapshot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The metadata's JSON, made once for each snapshot: every page load asks for it.
public final class RenderedMetadata {

    private static final int TAG_BYTES = 12;
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final LoadingCache<MetadataSnapshot, Answer> answers = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MAX_BYTES)
            .weigher((MetadataSnapshot snapshot, Answer answer) -> answer.json().length())
            .build(RenderedMetadata::render);

    /// The answer and its tag. The tag comes from the content: a plugin's new version changes it as much as the
    /// tenant's own change.
    record Answer(String json, String tag) {}

    Answer of(MetadataSnapshot snapshot) {
        return answers.get(snapshot);
    }

    private static Answer render(MetadataSnapshot snapshot) {
        String json = JsonBodyWriter.text(MetadataJson.snapshot(snapshot));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return new Answer(json, HexFormat.of().formatHex(hash, 0, TAG_BYTES));
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
