package io.relata.core.metadata;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Fields whose values together no two live records of the tenant share. A record with one of them empty shares
/// nothing with any other.
///
/// @param name unique in the entity; of a single unique field, its name
public record UniqueKey(String name, List<FieldDefinition> fields) {

    public UniqueKey {
        fields = List.copyOf(fields);
    }

    /// Returns whether it is more than a single unique field.
    public boolean compound() {
        return fields.size() > 1;
    }

    /// Returns the values as one text: each with its length in front where there are several, so that different
    /// values never make the same text.
    public Optional<String> text(Function<FieldDefinition, @Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        for (FieldDefinition field : fields) {
            Object value = values.apply(field);
            if (value == null) {
                return Optional.empty();
            }
            String part = value.toString();
            text.append(compound() ? part.length() + ":" + part : part);
        }
        return Optional.of(text.toString());
    }
}
