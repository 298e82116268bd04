package io.relata.core.plugin;

import org.jspecify.annotations.Nullable;

/// How a plugin jar fares.
///
/// @param id      the plugin's id, or the file's name when the jar does not say
/// @param version as the jar says; `null` when it does not
/// @param problem why the plugin does not work; `null` when it does
/// @param calls   how often its extensions were called
/// @param millis  how long these calls took together
public record PluginStatus(
        String id, @Nullable String version, @Nullable String problem, long calls, long millis) {

    public boolean works() {
        return problem == null;
    }
}
