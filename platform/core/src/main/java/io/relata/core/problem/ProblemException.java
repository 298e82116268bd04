package io.relata.core.problem;

import java.util.List;
import java.util.Map;

/// A refusal with a reason. Carries no web terms: who renders it chooses the status and the language.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final String detail;
    private final transient List<Object> arguments;
    private final transient List<Violation> violations;
    private final transient Map<String, Object> extras;

    /// @param detail the key of the message that says what is wrong and what to do
    public ProblemException(
            ProblemCode code,
            String detail,
            List<Object> arguments,
            List<Violation> violations,
            Map<String, Object> extras) {
        super(code.code() + ": " + detail + " " + arguments + " " + violations);
        this.code = code;
        this.detail = detail;
        this.arguments = List.copyOf(arguments);
        this.violations = List.copyOf(violations);
        this.extras = Map.copyOf(extras);
    }

    public static ProblemException of(ProblemCode code, String detail, Object... arguments) {
        return new ProblemException(code, detail, List.of(arguments), List.of(), Map.of());
    }

    public static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(ProblemCode.VALIDATION, "validation", List.of(), violations, Map.of());
    }

    /// The record does not exist, was deleted, or belongs to somebody else: the answer is the same.
    public static ProblemException notFound() {
        return of(ProblemCode.NOT_FOUND, "not-found");
    }

    public ProblemCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<Object> arguments() {
        return arguments;
    }

    public List<Violation> violations() {
        return violations;
    }

    /// Further members of the answer, for example the current state of a record in conflict.
    public Map<String, Object> extras() {
        return extras;
    }
}
