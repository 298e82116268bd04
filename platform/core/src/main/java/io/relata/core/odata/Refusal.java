package io.relata.core.odata;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what is wrong with a query, and where.
final class Refusal {

    private Refusal() {}

    /// Refuses for a reason that needs no place.
    static ProblemException of(String reason, Object... arguments) {
        return ProblemException.of(ProblemCode.INVALID_QUERY, reason, arguments);
    }

    /// Refuses an option as a whole.
    static ProblemException of(String reason, QueryOption option, Object... further) {
        Object[] arguments = new Object[further.length + 1];
        arguments[0] = option.text();
        System.arraycopy(further, 0, arguments, 1, further.length);
        return new ProblemException(
                ProblemCode.INVALID_QUERY, reason, List.of(arguments), List.of(), Map.of("option", option.text()));
    }

    /// Refuses at a place in the option, counted from 1.
    static ProblemException placed(String reason, QueryOption option, int position) {
        return new ProblemException(
                ProblemCode.INVALID_QUERY,
                reason,
                List.of(option.text(), position),
                List.of(),
                Map.of("option", option.text(), "position", position));
    }

    /// Refuses a name that stands at a place in the option, counted from 1.
    static ProblemException named(String reason, QueryOption option, int position, String name) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("option", option.text());
        extras.put("position", position);
        extras.put("name", name);
        return new ProblemException(
                ProblemCode.INVALID_QUERY, reason, List.of(option.text(), position, name), List.of(), extras);
    }
}
