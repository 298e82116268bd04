package io.relata.app;

import io.relata.core.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/// Ids in addresses.
public final class PathId {

    /// Java's own reader takes `1-1-1-1-1` too.
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private PathId() {}

    /// Returns whether the text is an id.
    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    /// Returns the id; what is none names nothing.
    ///
    /// @throws ProblemException NOT_FOUND
    public static UUID of(String text) {
        if (!matches(text)) {
            throw ProblemException.notFound();
        }
        return UUID.fromString(text);
    }
}
