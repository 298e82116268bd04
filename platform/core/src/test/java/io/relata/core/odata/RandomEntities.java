package io.relata.core.odata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Entities with random fields and random lookups between them, defined and filled as a tenant's administrator does it,
/// and beside the database what their records hold.
final class RandomEntities {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int RECORDS = 40;

    /// A field that is compared.
    record Scalar(String name, String type, int scale) {}

    /// A lookup and the entity that it points to.
    record Link(String name, Entity target) {}

    /// An entity and its records.
    ///
    /// @param records by id; the values by field name
    record Entity(
            String name, List<Scalar> scalars, List<Link> links, Map<UUID, Map<String, @Nullable Object>> records) {

        String set() {
            return name + "s";
        }
    }

    /// The other end of a lookup: the records of an entity that point to one.
    record Collection(Entity members, Link by) {

        /// Returns its name among the properties of the entity that is pointed to.
        String name() {
            return members.set() + "_" + by.name();
        }
    }

    private final TestEngine engine;
    private final CallContext call;
    private final Random random;
    private final List<Entity> entities = new ArrayList<>();

    RandomEntities(TestEngine engine, CallContext call, Random random) {
        this.engine = engine;
        this.call = call;
        this.random = random;
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            entities.add(define(i));
        }
        for (Entity entity : entities) {
            int links = 1 + random.nextInt(3);
            for (int i = 0; i < links; i++) {
                link(entity, i);
            }
        }
        entities.forEach(this::fill);
        entities.forEach(this::point);
        entities.forEach(this::deleteSome);
    }

    List<Entity> entities() {
        return entities;
    }

    /// Returns the collections of records that point to the entity's.
    List<Collection> collections(Entity of) {
        List<Collection> collections = new ArrayList<>();
        entities.forEach(entity -> entity.links().stream()
                .filter(link -> link.target().equals(of))
                .forEach(link -> collections.add(new Collection(entity, link))));
        return collections;
    }

    private Entity define(int number) {
        String name = "c_e" + number;
        List<Scalar> scalars = new ArrayList<>();
        ArrayNode fields = JSON.createArrayNode();
        int count = 4 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            String type = List.of("text", "longText", "integer", "decimal", "date", "datetime", "boolean", "picklist")
                    .get(i == 0 ? 0 : random.nextInt(8));
            Scalar scalar = new Scalar("c_f" + i, type, type.equals("decimal") ? random.nextInt(7) : 0);
            scalars.add(scalar);
            fields.add(field(scalar));
        }
        ObjectNode entity = labelled(name);
        entity.set("pluralLabel", entity.path("label"));
        entity.put("nameField", "c_f0").set("fields", fields);
        engine.relata().metadata().createEntity(call, entity);
        return new Entity(name, scalars, new ArrayList<>(), new LinkedHashMap<>());
    }

    private ObjectNode field(Scalar scalar) {
        ObjectNode field = labelled(scalar.name()).put("type", scalar.type());
        if (scalar.type().equals("decimal")) {
            field.put("scale", scalar.scale());
        }
        if (scalar.type().equals("picklist")) {
            ArrayNode options = field.putArray("options");
            List.of("won", "lost", "open")
                    .forEach(value -> options.add(labelled(value).put("value", value)));
            options.forEach(option -> ((ObjectNode) option).remove("name"));
        }
        boolean canBeIndexed = !scalar.type().equals("longText");
        if (canBeIndexed && random.nextInt(3) == 0) {
            field.put("indexed", random.nextBoolean());
        }
        return field;
    }

    private void link(Entity entity, int number) {
        Link link = new Link("c_to" + number, entities.get(random.nextInt(entities.size())));
        ObjectNode field = labelled(link.name())
                .put("type", "lookup")
                .put("target", link.target().name())
                .put("indexed", random.nextBoolean());
        engine.relata().metadata().addField(call, entity.name(), field);
        entity.links().add(link);
    }

    private static ObjectNode labelled(String name) {
        ObjectNode node = JSON.createObjectNode().put("name", name);
        node.set("label", JSON.createObjectNode().put("en", name).put("zh-CN", name));
        return node;
    }

    private void fill(Entity entity) {
        for (int i = 0; i < RECORDS; i++) {
            Map<String, @Nullable Object> values = new HashMap<>();
            entity.scalars()
                    .forEach(scalar -> values.put(scalar.name(), random.nextInt(5) == 0 ? null : value(scalar)));
            keep(entity, engine.relata().writer().create(call, entity.name(), values));
        }
    }

    private void point(Entity entity) {
        for (UUID id : List.copyOf(entity.records().keySet())) {
            Map<String, @Nullable Object> values = new HashMap<>();
            for (Link link : entity.links()) {
                List<UUID> targets = List.copyOf(link.target().records().keySet());
                if (random.nextInt(4) > 0) {
                    values.put(
                            link.name() + "_id",
                            targets.get(random.nextInt(targets.size())).toString());
                }
            }
            if (!values.isEmpty()) {
                keep(entity, engine.relata().writer().update(call, entity.name(), id, null, values));
            }
        }
    }

    /// What pointed to a deleted record points to nothing.
    private void deleteSome(Entity entity) {
        for (UUID id : List.copyOf(entity.records().keySet())) {
            if (random.nextInt(8) == 0) {
                engine.relata().writer().delete(call, entity.name(), id, null);
                entity.records().remove(id);
                collections(entity)
                        .forEach(collection -> collection.members().records().values().stream()
                                .filter(record ->
                                        id.equals(record.get(collection.by().name())))
                                .forEach(record -> record.put(collection.by().name(), null)));
            }
        }
    }

    /// What was written is what is stored: texts lose the blanks around them, and decimals get their scale.
    private static void keep(Entity entity, RecordData record) {
        Map<String, @Nullable Object> values = new HashMap<>(record.values());
        values.put("id", record.id());
        entity.records().put(record.id(), values);
    }

    private Object value(Scalar scalar) {
        return switch (scalar.type()) {
            case "integer" -> (long) random.nextInt(20) - 10;
            case "decimal" ->
                BigDecimal.valueOf(random.nextInt(4000) - 2000, 2).setScale(scalar.scale(), RoundingMode.HALF_UP);
            case "date" -> LocalDate.of(2026, 1, 1).plusDays(random.nextInt(30)).toString();
            case "datetime" ->
                Instant.parse("2026-01-01T00:00:00Z")
                        .plusSeconds(random.nextInt(100) * 1800L)
                        .toString();
            case "boolean" -> random.nextBoolean();
            case "picklist" -> List.of("won", "lost", "open").get(random.nextInt(3));
            default -> Deals.TEXTS.get(random.nextInt(Deals.TEXTS.size()));
        };
    }

    /// Returns the values of a record's field as the API's JSON has it.
    static JsonNode json(@Nullable Object value) {
        return JSON.valueToTree(value);
    }
}
