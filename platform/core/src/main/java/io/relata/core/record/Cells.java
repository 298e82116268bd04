package io.relata.core.record;

import java.util.Objects;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// A row of an answer, by its places: to look each column up by its name costs more than all else.
public interface Cells {

    /// Returns how many there are.
    int size();

    /// Returns what stands at the place, of the Java type that the column was selected with.
    ///
    /// @param place from 0
    @Nullable
    Object at(int place);

    /// Returns what stands at a place that is never empty.
    default <T> T at(int place, Class<T> type) {
        return type.cast(Objects.requireNonNull(at(place)));
    }

    /// Returns the row's.
    static Cells of(Record row) {
        return new Cells() {
            @Override
            public int size() {
                return row.size();
            }

            @Override
            public @Nullable Object at(int place) {
                return row.get(place);
            }
        };
    }
}
