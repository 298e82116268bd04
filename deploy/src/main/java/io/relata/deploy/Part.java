package io.relata.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One server of the product: it can be found, started, asked for its health, and stopped.
public sealed interface Part permits PostgresPart, KeycloakPart, LibertyPart {

    /// The name people see.
    String name();

    /// The ports it listens on, the main one first.
    List<Integer> ports();

    /// Where its messages go.
    Path log();

    /// Its process, if it lives.
    Optional<ProcessHandle> process();

    /// Whether it does its work now.
    boolean healthy();

    /// Starts the process; it need not be healthy when this returns.
    void start() throws Exception;

    /// What a person is told while it stops.
    default String stopping() {
        return "Stopping " + name();
    }

    /// Stops it, by force if it does not want to.
    void stop();
}
