package io.relata.core.imports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reason why a row was refused.
///
/// @param column    the column at fault; `null` when it is the whole row or no single column
/// @param field     the field at fault, by the API's property name
/// @param value     what stands in the file
/// @param code      the key of the message
/// @param arguments fill the message's placeholders
public record Fault(
        @Nullable String column,
        @Nullable String field,
        @Nullable String value,
        String code,
        List<Object> arguments) {

    public Fault {
        arguments = List.copyOf(arguments);
    }

    static Fault of(PlannedColumn column, @Nullable String value, String code, Object... arguments) {
        return new Fault(column.column(), column.field().property(), value, code, List.of(arguments));
    }
}
