package io.relata.core.metadata;

import io.relata.core.metadata.MetadataSnapshot.NavigationArea;
import java.util.List;

/// A versioned bundle of definitions, as a plugin brings it.
///
/// @param key      the plugin's id; begins every component key
/// @param families the record tables that the solution needs besides the shared one
public record Solution(
        String key,
        String version,
        List<String> families,
        List<EntityDefinition> entities,
        List<NavigationArea> navigation) {

    public Solution {
        families = List.copyOf(families);
        entities = List.copyOf(entities);
        navigation = List.copyOf(navigation);
    }
}
