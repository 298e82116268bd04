package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

/// The roles that a tenant has said; that of an administrator cannot be changed.
final class Roles implements Setting {

    static final Table<Record> TABLE = Columns.of("access_role");

    private static final Field<JSONB> DEFINITION = field(name("definition"), JSONB.class);
    private static final Pattern NAMES = Pattern.compile("[a-z][a-z0-9-]{0,59}");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public List<ObjectNode> list(DSLContext sql, MetadataSnapshot snapshot) {
        UUID tenant = snapshot.tenant();
        return sql.select(Columns.NAME, DEFINITION, Columns.BY, Columns.AT)
                .from(TABLE)
                .where(Columns.TENANT.eq(tenant))
                .orderBy(Columns.NAME)
                .fetch(row -> {
                    ObjectNode answer = Columns.answer(row.get(Columns.NAME), row);
                    JsonNode definition = definition(row.get(DEFINITION));
                    answer.set("entities", definition.path("entities"));
                    answer.put(Role.PRIVACY, definition.path(Role.PRIVACY).asBoolean());
                    return answer;
                });
    }

    private static JsonNode definition(JSONB definition) {
        try {
            return JSON.readTree(definition.data());
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database returned jsonb that is no JSON", exception);
        }
    }

    @Override
    public void put(Change change, String key, Input input) {
        if (key.equals(CallContext.ADMINISTRATOR) || !NAMES.matcher(key).matches()) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "access-role-name");
        }
        JsonNode entities = input.get("entities");
        if (entities.isObject()) {
            JsonNode stored = stored(change, key);
            entities.properties().forEach(entity -> check(change, input, entity, stored.path(entity.getKey())));
        } else {
            input.reject("entities", "expects-object");
        }
        JsonNode privacy = input.get(Role.PRIVACY);
        if (!privacy.isMissingNode() && !privacy.isBoolean()) {
            input.reject(Role.PRIVACY, "expects-boolean");
        }
        input.done();
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.set("entities", entities);
        if (privacy.asBoolean()) {
            definition.put(Role.PRIVACY, true);
        }
        Columns.put(
                change,
                TABLE,
                List.of(Columns.TENANT, Columns.NAME),
                Map.of(Columns.NAME, key, DEFINITION, JSONB.valueOf(definition.toString())));
    }

    /// What a role says of what is gone stays said, as long as it stays the same: it holds again when that comes back.
    private static JsonNode stored(Change change, String role) {
        return change.sql()
                .select(DEFINITION)
                .from(TABLE)
                .where(Columns.TENANT.eq(change.tenant()))
                .and(Columns.NAME.eq(role))
                .fetchOptional(DEFINITION)
                .map(stored -> definition(stored).path("entities"))
                .orElseGet(MissingNode::getInstance);
    }

    /// @param stored what the role said of the entity so far
    private static void check(Change change, Input input, Map.Entry<String, JsonNode> entity, JsonNode stored) {
        String place = "entities." + entity.getKey();
        Optional<EntityDefinition> definition = change.snapshot().entity(entity.getKey());
        if (definition.isEmpty() && stored.equals(entity.getValue())) {
            return;
        }
        if (!entity.getKey().equals(Role.OTHERS) && definition.isEmpty()) {
            input.reject(place, "entity-unknown", entity.getKey());
        }
        List<String> privileges =
                Stream.of(Privilege.values()).map(Privilege::code).toList();
        entity.getValue().properties().forEach(privilege -> {
            String inner = place + "." + privilege.getKey();
            if (privilege.getKey().equals(Role.FIELDS)) {
                fields(input, inner, definition, privilege.getValue(), stored.path(Role.FIELDS));
            } else if (!privileges.contains(privilege.getKey())) {
                input.reject(inner, "unknown-member");
            } else if (Level.of(privilege.getValue().asText("")).isEmpty()) {
                List<String> levels = Stream.of(Level.values()).map(Level::code).toList();
                input.reject(inner, "access-unknown-level", String.join(", ", levels));
            }
        });
    }

    private static void fields(
            Input input, String place, Optional<EntityDefinition> entity, JsonNode fields, JsonNode stored) {
        if (!fields.isObject()) {
            input.reject(place, "expects-object");
        }
        fields.properties().forEach(named -> {
            String inner = place + "." + named.getKey();
            Optional<FieldDefinition> field = entity.flatMap(known -> known.field(named.getKey()));
            Optional<FieldAccess> access = FieldAccess.of(named.getValue().asText(""));
            boolean naming = entity.filter(known -> known.nameField().equals(named.getKey()))
                    .isPresent();
            if (field.isEmpty() && stored.path(named.getKey()).equals(named.getValue())) {
                return;
            }
            if (field.isEmpty()) {
                input.reject(inner, "field-unknown", named.getKey());
            } else if (access.isEmpty()) {
                input.reject(inner, "access-unknown-level", FieldAccess.codes());
            } else if (!access.get().fits(field.get())) {
                input.reject(inner, "access-not-maskable");
            } else if (naming && access.get() == FieldAccess.NONE) {
                input.reject(inner, "access-names-record");
            }
        });
    }

    @Override
    public boolean delete(Change change, String key) {
        return Columns.delete(change, TABLE, Columns.NAME.eq(key));
    }

    /// Rejects what is no role: neither said by the tenant nor there from the beginning.
    static void known(Change change, Input input, String member, List<String> roles) {
        List<String> unknown = new ArrayList<>(roles);
        unknown.remove(Role.MEMBER);
        unknown.removeAll(change.sql()
                .select(Columns.NAME)
                .from(TABLE)
                .where(Columns.TENANT.eq(change.tenant()))
                .fetch(Columns.NAME));
        unknown.forEach(role -> input.reject(member, "access-unknown-role", role));
    }
}
