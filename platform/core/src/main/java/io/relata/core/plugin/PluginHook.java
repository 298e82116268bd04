package io.relata.core.plugin;

import io.relata.spi.RecordHook;
import java.util.Locale;

/// A plugin's hook with what the platform needs to call it.
///
/// @param hook   guarded
/// @param plugin the plugin it comes from
public record PluginHook(String plugin, String entity, RecordHook hook, Texts texts) {

    /// The plugin's own texts.
    @FunctionalInterface
    public interface Texts {
        String text(Locale locale, String key);
    }
}
