package io.relata.core.plugin;

import io.relata.spi.ActionHandler;

/// A plugin's action with what the platform needs to call it.
///
/// @param handler guarded
public record PluginAction(
        String plugin, String entity, String action, ActionHandler handler, PluginHook.Texts texts) {}
