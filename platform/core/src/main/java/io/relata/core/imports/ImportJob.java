package io.relata.core.imports;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An import as its tenant sees it.
///
/// @param entity  the name of the entity the rows become records of
/// @param total   the number of rows in the file
/// @param problem why it failed; `null` unless it did
public record ImportJob(
        UUID id,
        String entity,
        String fileName,
        State state,
        @Nullable Long total,
        ImportCounts counts,
        @Nullable Failure problem,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    /// Where a job stands.
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        /// Returns the state as the API and the database write it.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /// Why a job failed: the key of a message and what fills it.
    public record Failure(String code, List<Object> arguments) {

        public Failure {
            arguments = List.copyOf(arguments);
        }
    }
}
