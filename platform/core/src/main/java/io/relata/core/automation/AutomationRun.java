package io.relata.core.automation;

import io.relata.core.problem.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record that an automation has taken on.
///
/// @param version of the automation, by which it goes on to its end
/// @param nextAt  when it goes on; `null` when it is over
/// @param reason  why it failed or was stopped; empty otherwise
/// @param log     what was done, in order
public record AutomationRun(
        UUID id,
        int version,
        UUID record,
        State state,
        @Nullable Instant nextAt,
        List<Violation> reason,
        List<Entry> log,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public AutomationRun {
        reason = List.copyOf(reason);
        log = List.copyOf(log);
    }

    /// What became of it.
    public enum State {
        WAITING,
        DONE,
        /// A step was refused; somebody can have it tried again, or left out.
        FAILED,
        /// There was nothing to go on with: the record is gone, or automations set off each other.
        STOPPED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of one step.
    ///
    /// @param step    where it stands in the definition
    /// @param outcome `done`, `then`, `else`, `waiting`, `failed`, `skipped`
    /// @param detail  the record that was made, the owner it was given, or how many were told; `null` for nothing
    public record Entry(
            Instant at,
            String step,
            String outcome,
            @Nullable String detail) {}
}
