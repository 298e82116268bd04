package io.relata.core.odata;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An expression in OData's words beside what it means, said a second time in plain Java.
///
/// @param meaning gives the value for a record's values by path; `null` is empty, or for a condition unknown
record Term(String text, Function<Map<String, @Nullable Object>, @Nullable Object> meaning) {

    @Nullable
    Object of(Map<String, @Nullable Object> record) {
        return meaning.apply(record);
    }
}
