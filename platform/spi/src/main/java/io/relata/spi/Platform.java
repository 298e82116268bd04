package io.relata.spi;

import java.time.Clock;

/// What the platform offers to a plugin. Passed to the constructor of every extension.
///
/// Thread-safe; lives as long as the plugin.
public interface Platform {

    /// Returns the platform's clock, in UTC. The only source of time for a plugin, so that tests can move it.
    Clock clock();
}
