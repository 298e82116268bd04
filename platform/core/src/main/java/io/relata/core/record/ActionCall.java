package io.relata.core.record;

import io.relata.core.metadata.ActionDefinition;
import io.relata.core.plugin.PluginAction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An action that a caller wants done to a record.
///
/// @param parameters by name, as they were sent
public record ActionCall(ActionDefinition definition, PluginAction action, Map<String, @Nullable Object> parameters) {

    public ActionCall {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
