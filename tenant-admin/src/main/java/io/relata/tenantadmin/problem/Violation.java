package io.relata.tenantadmin.problem;

import java.util.List;

/// One thing that is wrong with one field; the words are found when the answer is written.
public record Violation(String field, String code, List<Object> arguments) {
    public Violation {
        arguments = List.copyOf(arguments);
    }

    public static Violation of(String field, String code, Object... arguments) {
        return new Violation(field, code, List.of(arguments));
    }
}
