package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/// Ids in addresses: what is not an id is not found.
final class Ids {
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Ids() {}

    static UUID parse(String text) {
        if (!ID.matcher(text).matches()) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return UUID.fromString(text);
    }
}
