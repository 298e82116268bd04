package io.relata.core.query;

import io.relata.core.metadata.FieldDefinition;

/// One level of ordering. Empty values come last in both directions.
///
/// @param by a property or a number of members
public record Sort(Value by, boolean descending) {

    /// The last record's sort values travel in the link to the next page.
    private static final int MAX_LENGTH = 1000;

    /// Returns whether records can be ordered by the field.
    public static boolean possible(FieldDefinition field) {
        return field.type().canBeOrdered() && field.maxLength() <= MAX_LENGTH;
    }
}
