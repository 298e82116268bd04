package io.relata.core.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reason why a row or a record was refused.
///
/// @param column    the file's column at fault; `null` when there is no file, or no single column at fault
/// @param field     the field at fault, by the API's property name
/// @param value     what stands in the file; `null` when nothing does
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
}
