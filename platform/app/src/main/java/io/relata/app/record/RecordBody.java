package io.relata.app.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as a client sends it.
final class RecordBody {

    private static final char ANNOTATION = '@';
    private static final String BIND = "@odata.bind";

    private RecordBody() {}

    /// Returns the values without remarks on the record (`@odata.type`) or on one of its values (`name@odata.type`),
    /// which clients send of themselves or as they got them. What binds a lookup is more than a remark.
    static Map<String, @Nullable Object> values(Map<String, @Nullable Object> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(members);
        values.keySet().removeIf(name -> name.indexOf(ANNOTATION) >= 0 && !name.endsWith(BIND));
        return values;
    }
}
