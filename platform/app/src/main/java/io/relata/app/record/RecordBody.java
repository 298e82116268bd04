package io.relata.app.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as a client sends it.
final class RecordBody {

    private static final String ANNOTATION = "@odata.";

    private RecordBody() {}

    /// Returns the values without OData's remarks on them, which a client may send back as it got them.
    static Map<String, @Nullable Object> values(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(members);
        values.keySet().removeIf(name -> name.startsWith(ANNOTATION));
        return values;
    }
}
