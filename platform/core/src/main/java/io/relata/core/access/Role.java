package io.relata.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What whoever holds it may do: for each entity, or for all that are not named, a level for each privilege.
///
/// @param name     unique in the tenant
/// @param entities by the entity's name, or [#OTHERS]; a privilege that is not named is given to nobody
public record Role(String name, Map<String, Map<Privilege, Level>> entities) {

    /// The role of all who have no roles of their own. Until a tenant says otherwise it may do everything with records.
    public static final String MEMBER = "member";

    /// Stands for all entities that a role does not name.
    public static final String OTHERS = "*";

    public Role {
        entities = Map.copyOf(entities);
    }

    /// Returns the role that allows everything.
    static Role everything(String name) {
        Map<Privilege, Level> all = new EnumMap<>(Privilege.class);
        for (Privilege privilege : Privilege.values()) {
            all.put(privilege, Level.TENANT);
        }
        return new Role(name, Map.of(OTHERS, all));
    }

    /// Reads a role as it is stored.
    static Role stored(String name, JsonNode definition) {
        Map<String, Map<Privilege, Level>> entities = new HashMap<>();
        definition.path("entities").properties().forEach(entity -> {
            Map<Privilege, Level> levels = new EnumMap<>(Privilege.class);
            for (Privilege privilege : Privilege.values()) {
                Level.of(entity.getValue().path(privilege.code()).asText())
                        .ifPresent(level -> levels.put(privilege, level));
            }
            entities.put(entity.getKey(), levels);
        });
        return new Role(name, entities);
    }

    /// Returns for which of the entity's records the privilege holds.
    public Level level(String entity, Privilege privilege) {
        Map<Privilege, Level> levels = entities.containsKey(entity) ? entities.get(entity) : entities.get(OTHERS);
        return levels == null ? Level.NONE : levels.getOrDefault(privilege, Level.NONE);
    }
}
