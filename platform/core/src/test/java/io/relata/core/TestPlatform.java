package io.relata.core;

import io.relata.spi.Platform;
import java.time.Clock;

/// The platform as a test's plugins see it.
public record TestPlatform(Clock clock) implements Platform {}
