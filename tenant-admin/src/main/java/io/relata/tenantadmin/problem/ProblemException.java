package io.relata.tenantadmin.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error the caller is told about.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final transient List<Violation> violations;

    public ProblemException(ProblemCode code, List<Violation> violations, @Nullable Throwable cause) {
        super(code.key() + (violations.isEmpty() ? "" : " " + violations), cause);
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public ProblemException(ProblemCode code) {
        this(code, List.of(), null);
    }

    public ProblemException(ProblemCode code, List<Violation> violations) {
        this(code, violations, null);
    }

    public ProblemCode code() {
        return code;
    }

    public List<Violation> violations() {
        return violations;
    }
}
