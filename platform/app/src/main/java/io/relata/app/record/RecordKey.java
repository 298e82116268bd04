package io.relata.app.record;

import io.relata.core.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of records and of their versions, as addresses and headers write them.
final class RecordKey {

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"(\\d{1,18})\"\\s*");
    private static final String ANY = "*";

    /// No record has this version: a tag that is none of ours matches nothing.
    private static final long NO_VERSION = -1;

    private RecordKey() {}

    /// Returns the id; what is no id names no record.
    static UUID of(String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw ProblemException.notFound();
        }
        return UUID.fromString(text);
    }

    /// Returns the version that `If-Match` asks for; `null` when any will do.
    static @Nullable Long version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals(ANY)) {
            return null;
        }
        Matcher tag = TAG.matcher(ifMatch);
        return tag.matches() ? Long.parseLong(tag.group(1)) : NO_VERSION;
    }
}
