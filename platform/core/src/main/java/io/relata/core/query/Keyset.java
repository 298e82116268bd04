package io.relata.core.query;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a page ended: what the last record has under each sort key as it is stored, and its id.
public record Keyset(List<@Nullable Object> values, UUID id) {

    public Keyset {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
    }
}
