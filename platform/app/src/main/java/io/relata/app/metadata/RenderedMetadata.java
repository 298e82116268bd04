package io.relata.app.metadata;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.relata.app.json.JsonBodyWriter;
import io.relata.app.json.Rendered;
import io.relata.core.metadata.MetadataSnapshot;

/// The metadata's JSON, made once for each snapshot: every page load asks for it.
public final class RenderedMetadata {

    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final LoadingCache<MetadataSnapshot, Rendered> answers = Caffeine.newBuilder()
            .weakKeys()
            .maximumWeight(MAX_BYTES)
            .weigher((MetadataSnapshot snapshot, Rendered answer) -> answer.weight())
            .build(snapshot -> Rendered.of(out -> JsonBodyWriter.write(MetadataJson.snapshot(snapshot), out)));

    Rendered of(MetadataSnapshot snapshot) {
        return answers.get(snapshot);
    }
}
