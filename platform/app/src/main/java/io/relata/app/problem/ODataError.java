package io.relata.app.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A refusal in the form that OData prescribes, for clients that read no other: one member, `error`, and in its
/// `details` the violations.
///
/// Some of them refuse an answer with a member beside `error`; so this is a form of its own and no addition to ours.
public final class ODataError {

    private ODataError() {}

    /// Returns the body that says the same as the problem's.
    public static Map<String, Object> body(Problem problem) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", problem.code());
        error.put("message", problem.detail());
        List<Problem.Fault> faults = problem.faults();
        if (!faults.isEmpty()) {
            error.put("details", faults.stream().map(ODataError::detail).toList());
        }
        return Map.of("error", error);
    }

    private static Map<String, Object> detail(Problem.Fault fault) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("code", fault.code());
        detail.put("message", fault.message());
        if (fault.field() != null) {
            detail.put("target", fault.field());
        }
        return detail;
    }
}
