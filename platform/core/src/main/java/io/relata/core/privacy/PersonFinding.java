package io.relata.core.privacy;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A place where there is something of a person.
///
/// @param field   the field that says it, or that holds the file; empty for the record as a whole
/// @param entries how many entries of the audit trail are about the person
public record PersonFinding(
        Kind kind,
        UUID entity,
        UUID record,
        String field,
        @Nullable UUID file,
        long entries) {

    /// What is found.
    public enum Kind {
        /// A record that is the person.
        PERSON,
        /// A personal field that names the person in a record of something else.
        MENTION,
        /// A record that points to the person's.
        REFERENCE,
        /// A file of the person's records, or with the person's name in it.
        FILE,
        /// Entries of the audit trail about a record.
        AUDIT;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> of(String code) {
            return Stream.of(values()).filter(kind -> kind.code().equals(code)).findFirst();
        }
    }
}
