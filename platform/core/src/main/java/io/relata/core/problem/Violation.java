package io.relata.core.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing wrong with the input. Its words are found when it is shown, in the reader's language.
///
/// @param field     the field's key (the API's property name); `null` when no single field is at fault
/// @param code      the key of the message, for example `required`
/// @param arguments fill the message's `{0}`, `{1}`
public record Violation(@Nullable String field, String code, List<Object> arguments) {

    public Violation {
        arguments = List.copyOf(arguments);
    }

    public static Violation of(@Nullable String field, String code, Object... arguments) {
        return new Violation(field, code, List.of(arguments));
    }
}
