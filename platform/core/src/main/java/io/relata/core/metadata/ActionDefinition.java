package io.relata.core.metadata;

import java.util.List;
import java.util.Optional;

/// Something that can be done to a record beyond setting its fields; a plugin's [io.relata.spi.ActionHandler] does it.
///
/// @param name       unique in the entity
/// @param parameters what the caller says, in the form of fields without a place to be stored
public record ActionDefinition(String name, LocalizedText label, List<FieldDefinition> parameters) {

    public ActionDefinition {
        parameters = List.copyOf(parameters);
    }

    public Optional<FieldDefinition> parameter(String parameter) {
        return parameters.stream()
                .filter(candidate -> candidate.name().equals(parameter))
                .findFirst();
    }
}
