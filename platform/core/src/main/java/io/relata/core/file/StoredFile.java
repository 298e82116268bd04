package io.relata.core.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a file.
///
/// @param name        as who sent it called it: to be shown, never a path
/// @param contentType what the bytes are, whatever the name says
/// @param hash        SHA-256 in hexadecimal digits
/// @param width       of an image, in pixels; `null` for all else
public record StoredFile(
        UUID id,
        String name,
        String contentType,
        long size,
        String hash,
        @Nullable Integer width,
        @Nullable Integer height,
        UUID createdBy) {

    /// Returns the file as records hold it.
    public Map<String, Object> value() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("id", id.toString());
        value.put("name", name);
        value.put("contentType", contentType);
        value.put("size", size);
        value.put("hash", hash);
        if (width != null && height != null) {
            value.put("width", width.longValue());
            value.put("height", height.longValue());
        }
        return Collections.unmodifiableMap(value);
    }
}
