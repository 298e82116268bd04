package io.relata.core.metadata.type;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a field's definition says beyond what all fields have, by setting. Immutable.
public final class FieldSettings {

    public static final FieldSettings NONE = new FieldSettings(Map.of());

    private final Map<Setting<?>, Object> values;

    private FieldSettings(Map<Setting<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /// Returns what the definition says; `null` when it says nothing.
    public <T> @Nullable T get(Setting<T> setting) {
        return setting.cast(values.get(setting));
    }

    public <T> T get(Setting<T> setting, T otherwise) {
        T value = get(setting);
        return value == null ? otherwise : value;
    }

    /// Returns these settings with another value; `null` takes the setting away.
    public <T> FieldSettings with(Setting<T> setting, @Nullable T value) {
        Map<Setting<?>, Object> changed = new HashMap<>(values);
        if (value == null) {
            changed.remove(setting);
        } else {
            changed.put(setting, value);
        }
        return new FieldSettings(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSettings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
