package io.relata.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as its tenant sees it.
///
/// @param kind       what sort of work it is, for example `import`
/// @param entity     the name of the entity whose records it is about
/// @param definition what is to be done, in the form of the kind
/// @param checkpoint how far it has come, in the form of the kind
/// @param total      how many rows or records there are; `null` when nobody counted
/// @param problem    why it failed; `null` unless it did
public record Job(
        UUID id,
        String kind,
        String entity,
        JsonNode definition,
        JsonNode checkpoint,
        State state,
        @Nullable Long total,
        JobCounts counts,
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
