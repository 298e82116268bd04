package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.directory.DirectoryException;
import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import java.util.List;
import java.util.function.Supplier;

/// Says in terms of the request what the directory refused.
final class Refusals {
    private Refusals() {}

    /// `prefix` is where the account's fields stand in the request.
    static <T> T explain(String prefix, Supplier<T> change) {
        try {
            return change.get();
        } catch (DirectoryException refusal) {
            String field = refusal.field().equals("slug") ? "slug" : prefix + refusal.field();
            throw switch (refusal.reason()) {
                case TAKEN ->
                    new ProblemException(ProblemCode.CONFLICT, List.of(Violation.of(field, "taken")), refusal);
                case REJECTED ->
                    new ProblemException(
                            ProblemCode.VALIDATION, List.of(Violation.of(field, rejection(refusal.field()))), refusal);
                case UNAVAILABLE -> new ProblemException(ProblemCode.DIRECTORY_UNAVAILABLE, List.of(), refusal);
            };
        }
    }

    static ProblemException taken(String prefix, List<String> fields) {
        return new ProblemException(
                ProblemCode.CONFLICT,
                fields.stream()
                        .map(field -> Violation.of(prefix + field, "taken"))
                        .toList());
    }

    private static String rejection(String field) {
        return field.equals("password") ? "password-policy" : "rejected";
    }
}
