package io.relata.core.query;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One level of ordering. Empty values come last in both directions.
///
/// @param by a property, a number of members, or what is computed from these; neither a constant nor a condition
public record Sort(Value by, boolean descending) {

    /// The last record's sort values travel in the link to the next page.
    static final int MAX_LENGTH = 1000;

    /// Returns the value that a text stands for which `toString` made of one by which records were ordered.
    ///
    /// @throws IllegalArgumentException, java.time.DateTimeException when it stands for none
    public @Nullable Object keyed(@Nullable String text) {
        boolean computed = by instanceof Value.Call || by instanceof Value.Choice;
        boolean number = by.kind() == ValueKind.INTEGER || by.kind() == ValueKind.DECIMAL;
        return text != null && computed && number ? new BigDecimal(text) : Keyset.stored(by.kind(), text);
    }

    /// Returns whether records can be ordered by the field.
    public static boolean possible(FieldDefinition field) {
        return field.type().canBeOrdered() && field.maxLength() <= MAX_LENGTH;
    }
}
