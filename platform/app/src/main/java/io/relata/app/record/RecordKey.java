package io.relata.app.record;

import io.relata.app.PathId;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.AlternateKey;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordTarget.Existence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of records and of their versions, as addresses and headers write them: `(0190…)`, `(number='A-1')`, `W/"3"`.
final class RecordKey {

    private static final Pattern NAMED =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'((?:[^']|'')*)'", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"(\\d{1,18})\"\\s*");
    private static final String ID = "id";
    private static final String ANY = "*";

    /// No record has this version: a tag that is none of ours matches nothing.
    private static final long NO_VERSION = -1;

    private RecordKey() {}

    /// Returns the record that an existing one's name in an address means.
    ///
    /// @throws ProblemException VALIDATION when a key is named that is none
    static RecordTarget existing(EntityDefinition entity, String text, @Nullable String ifMatch) {
        return target(entity, text, Existence.REQUIRED, version(ifMatch));
    }

    /// Returns the record to write: one named by a key is made when there is none, unless the headers say that it must
    /// or must not be there.
    ///
    /// @throws ProblemException VALIDATION when a key is named that is none
    static RecordTarget toWrite(
            EntityDefinition entity, String text, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        boolean mayNotExist = ifNoneMatch != null && ifNoneMatch.strip().equals(ANY);
        Existence existence = mayNotExist ? Existence.FORBIDDEN : ifMatch == null ? Existence.OPEN : Existence.REQUIRED;
        return target(entity, text, existence, version(ifMatch));
    }

    private static RecordTarget target(
            EntityDefinition entity, String text, Existence existence, @Nullable Long version) {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
            return byId(PathId.of(text), existence, version);
        }
        if (named.group(1).equals(ID)) {
            return byId(PathId.of(unquoted(named.group(2))), existence, version);
        }
        List<Violation> violations = new ArrayList<>();
        return AlternateKey.read(entity, named.group(1), unquoted(named.group(2)), Form.JSON, violations)
                .map(key -> RecordTarget.of(key, existence, version))
                .orElseThrow(() -> ProblemException.invalid(violations));
    }

    /// Ids are ours to give: a record that is named by one is there or is not found.
    private static RecordTarget byId(UUID id, Existence existence, @Nullable Long version) {
        return new RecordTarget(id, null, existence == Existence.OPEN ? Existence.REQUIRED : existence, version);
    }

    private static String unquoted(String literal) {
        Matcher quoted = QUOTED.matcher(literal);
        return quoted.matches() ? quoted.group(1).replace("''", "'") : literal;
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
