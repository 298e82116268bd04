package io.relata.core.session;

import org.jspecify.annotations.Nullable;

/// From where somebody signed in.
///
/// @param address of the machine that asked: of the proxy, unless the server is told to look behind it
/// @param agent   what the browser says of itself
public record Device(@Nullable String address, @Nullable String agent) {

    /// No browser has more to say of itself.
    private static final int LONGEST = 200;

    public Device {
        agent = agent == null ? null : agent.substring(0, Math.min(agent.length(), LONGEST));
    }
}
