package io.relata.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.metadata.FieldDefinition;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// What whoever holds it may do: for each entity, or for all that are not named, a level for each privilege.
///
/// @param name     unique in the tenant
/// @param entities by the entity's name, or [#OTHERS]; a privilege that is not named is given to nobody
/// @param fields   by the entity's name, what may be done with its fields, by name; with a field that is not named,
///                 what the field itself says
/// @param privacy  whether its holders may find, hand out and erase all that there is of a person, whoever may read it
public record Role(
        String name,
        Map<String, Map<Privilege, Level>> entities,
        Map<String, Map<String, FieldAccess>> fields,
        boolean privacy) {

    /// Whether the role's holders look after what there is of persons.
    static final String PRIVACY = "privacy";

    /// The member of an entity's object that has its fields.
    static final String FIELDS = "fields";

    /// The role of all who have no roles of their own. Until a tenant says otherwise it may do everything with records.
    public static final String MEMBER = "member";

    /// Stands for all entities that a role does not name.
    public static final String OTHERS = "*";

    public Role {
        entities = Map.copyOf(entities);
        fields = Map.copyOf(fields);
    }

    /// Returns the role that allows everything.
    static Role everything(String name) {
        Map<Privilege, Level> all = new EnumMap<>(Privilege.class);
        for (Privilege privilege : Privilege.values()) {
            all.put(privilege, Level.TENANT);
        }
        return new Role(name, Map.of(OTHERS, all), Map.of(), false);
    }

    /// Reads a role as it is stored.
    static Role stored(String name, JsonNode definition) {
        Map<String, Map<Privilege, Level>> entities = new HashMap<>();
        Map<String, Map<String, FieldAccess>> fields = new HashMap<>();
        definition.path("entities").properties().forEach(entity -> {
            Map<Privilege, Level> levels = new EnumMap<>(Privilege.class);
            for (Privilege privilege : Privilege.values()) {
                Level.of(entity.getValue().path(privilege.code()).asText())
                        .ifPresent(level -> levels.put(privilege, level));
            }
            entities.put(entity.getKey(), levels);
            Map<String, FieldAccess> named = new HashMap<>();
            entity.getValue()
                    .path(FIELDS)
                    .properties()
                    .forEach(field -> FieldAccess.of(field.getValue().asText())
                            .ifPresent(access -> named.put(field.getKey(), access)));
            fields.put(entity.getKey(), named);
        });
        return new Role(name, entities, fields, definition.path(PRIVACY).asBoolean());
    }

    /// Returns whether the role says anything about single fields.
    boolean namesFields() {
        return fields.values().stream().anyMatch(named -> !named.isEmpty());
    }

    /// Returns what may be done with the field, on records that the role reaches.
    FieldAccess field(EntityDefinition entity, FieldDefinition field) {
        return fields.getOrDefault(entity.name(), Map.of()).getOrDefault(field.name(), field.access());
    }

    /// Returns whether the role allows the privilege for some record.
    boolean allows(EntityDefinition entity, Privilege privilege) {
        return level(entity.name(), privilege) != Level.NONE;
    }

    /// Returns for which of the entity's records the privilege holds.
    public Level level(String entity, Privilege privilege) {
        Map<Privilege, Level> levels = entities.containsKey(entity) ? entities.get(entity) : entities.get(OTHERS);
        return levels == null ? Level.NONE : levels.getOrDefault(privilege, Level.NONE);
    }
}
