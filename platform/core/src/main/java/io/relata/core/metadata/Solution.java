package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.MetadataSnapshot.NavigationArea;
import java.util.List;
import java.util.Map;

/// A versioned bundle of definitions, as a plugin brings it.
///
/// @param key       the plugin's id; begins every component key
/// @param families  the record tables that the solution needs besides the shared one
/// @param indexes   over several fields of its entities
/// @param documents the entities' definitions as they were written, by component key; not to be changed
public record Solution(
        String key,
        String version,
        List<String> families,
        List<EntityDefinition> entities,
        List<RecordIndex> indexes,
        List<NavigationArea> navigation,
        Map<String, JsonNode> documents) {

    public Solution {
        families = List.copyOf(families);
        entities = List.copyOf(entities);
        indexes = List.copyOf(indexes);
        navigation = List.copyOf(navigation);
        documents = Map.copyOf(documents);
    }
}
