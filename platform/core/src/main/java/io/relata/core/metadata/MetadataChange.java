package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// Validates an administrator's change against the tenant's metadata, chooses slots, and stores it.
final class MetadataChange {

    private static final int MOST_FIELDS = 300;
    private static final int MOST_ENTITIES = 300;

    private final MetadataStore store;
    private final MetadataTrail trail;
    private final Ids ids;
    private final Clock clock;

    MetadataChange(MetadataStore store, AuditTrail trail, Ids ids, Clock clock) {
        this.store = store;
        this.trail = new MetadataTrail(trail);
        this.ids = ids;
        this.clock = clock;
    }

    String createEntity(
            DSLContext sql, CallContext context, long version, MetadataSnapshot snapshot, JsonNode request) {
        List<Violation> violations = new ArrayList<>();
        EntityReader.Draft draft = new EntityReader(DefinitionSource.ADMINISTRATOR)
                .read(request, new EntityReader.Identity(ids.next(), null), violations);
        EntityDefinition entity = draft.entity();
        if (snapshot.entity(entity.name()).isPresent()) {
            draft.input().reject("name", "name-duplicate", entity.name());
        }
        if (snapshot.entities().stream().filter(EntityDefinition::custom).count() >= MOST_ENTITIES) {
            violations.add(Violation.of(null, "too-many-entities", MOST_ENTITIES));
        }
        checkTargets(draft.fields(), snapshot, entity.name());
        checkRollUps(draft.fields(), snapshot, entity, entity.fields());
        checkCount(draft.fields().size(), violations);
        Map<Integer, String> slots = chooseSlots(Slots.free(false, List.of()), draft.fields(), entity.nameField());
        refuse(violations);
        ObjectNode definition = request.deepCopy();
        place((ArrayNode) definition.get("fields"), slots, 0);
        save(sql, context, version, entity.id(), entity.name(), null, definition);
        return entity.name();
    }

    String addField(
            DSLContext sql,
            CallContext context,
            long version,
            MetadataSnapshot snapshot,
            String entityName,
            JsonNode request) {
        EntityDefinition entity = snapshot.entity(entityName)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", entityName));
        List<Violation> violations = new ArrayList<>();
        FieldReader.Draft draft =
                new FieldReader(DefinitionSource.ADMINISTRATOR).read(new DefinitionInput(request, "", violations));
        Set<String> taken = new HashSet<>();
        entity.fields().forEach(field -> taken.addAll(List.of(field.name(), field.property())));
        FieldReader.checkNames(List.of(draft), taken);
        FieldReader.checkNeighbours(List.of(draft), entity.fields());
        checkTargets(List.of(draft), snapshot, entityName);
        List<FieldDefinition> fields = new ArrayList<>(entity.fields());
        fields.add(draft.field());
        checkRollUps(List.of(draft), snapshot, entity, fields);
        checkCount(entity.fields().size() + 1, violations);
        Map<Integer, String> slots = chooseSlots(Slots.free(!entity.custom(), entity.fields()), List.of(draft), "");
        refuse(violations);
        MetadataStore.Row row = store.row(sql, context.tenant(), entity.id()).orElse(null);
        ObjectNode before = row == null ? null : (ObjectNode) SnapshotBuilder.tree(row);
        ObjectNode definition = before == null ? extension(entity) : before.deepCopy();
        ArrayNode written = (ArrayNode) definition.get("fields");
        written.add(request.deepCopy());
        place(written, slots, written.size() - 1);
        save(sql, context, version, entity.id(), entityName, before, definition);
        return entityName;
    }

    private static ObjectNode extension(EntityDefinition entity) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put(SnapshotBuilder.EXTENDS, entity.key());
        definition.putArray("fields");
        return definition;
    }

    private static void checkTargets(List<FieldReader.Draft> drafts, MetadataSnapshot snapshot, String self) {
        for (FieldReader.Draft draft : drafts) {
            String target = draft.field().target();
            if (draft.field().hierarchical() && !self.equals(target)) {
                draft.input().reject("hierarchical", "hierarchy-target");
            }
            if (target != null
                    && !target.isEmpty()
                    && !target.equals(self)
                    && snapshot.entity(target).isEmpty()) {
                draft.input().reject("target", "target-unknown", target);
            }
        }
    }

    /// A roll-up names other definitions, this entity's own among them.
    private static void checkRollUps(
            List<FieldReader.Draft> drafts,
            MetadataSnapshot snapshot,
            EntityDefinition entity,
            List<FieldDefinition> fields) {
        Map<String, EntityDefinition> entities = new LinkedHashMap<>();
        snapshot.entities().forEach(known -> entities.put(known.name(), known));
        entities.put(entity.name(), entity.with(changed -> changed.fields(fields)));
        RollUps rollUps = new RollUps(entities.values());
        for (FieldReader.Draft draft : drafts) {
            rollUps.wrong(entity.name(), draft.field().name())
                    .ifPresent(found -> draft.input()
                            .reject(
                                    String.valueOf(found.field()),
                                    found.code(),
                                    found.arguments().toArray()));
        }
    }

    private static void checkCount(int fields, List<Violation> violations) {
        if (fields > MOST_FIELDS) {
            violations.add(Violation.of("fields", "too-many-fields", MOST_FIELDS));
        }
    }

    /// The naming field first, then those that ask for a slot, then the others while slots last: a filter or a
    /// sort on a slot uses an index. A field that asks in vain is refused; the others do without.
    private static Map<Integer, String> chooseSlots(Slots free, List<FieldReader.Draft> drafts, String nameField) {
        Map<Integer, String> slots = new TreeMap<>();
        for (boolean asked : new boolean[] {true, false}) {
            for (int i = 0; i < drafts.size(); i++) {
                FieldReader.Draft draft = drafts.get(i);
                Boolean wish = draft.indexed();
                boolean asks = wish == null ? draft.field().name().equals(nameField) : wish;
                boolean refuses = wish != null && !wish;
                if (asks == asked && !refuses) {
                    chooseSlot(free, draft, i, wish != null, slots);
                }
            }
        }
        return slots;
    }

    private static void chooseSlot(
            Slots free, FieldReader.Draft draft, int index, boolean wanted, Map<Integer, String> slots) {
        if (!Slots.fits(draft.field())) {
            if (wanted) {
                draft.input().reject("indexed", "slot-too-long", Slots.GREATEST_LENGTH);
            }
            return;
        }
        free.take(draft.field().kind()).ifPresentOrElse(slot -> slots.put(index, slot), () -> {
            if (wanted) {
                draft.input().reject("indexed", "slots-exhausted");
            }
        });
    }

    /// Writes the chosen slots into the definition's fields; the wishes are not kept.
    private static void place(ArrayNode fields, Map<Integer, String> slots, int offset) {
        for (int i = offset; i < fields.size(); i++) {
            ObjectNode field = (ObjectNode) fields.get(i);
            field.remove("indexed");
            String slot = slots.get(i - offset);
            if (slot != null) {
                field.put("slot", slot);
            }
        }
    }

    private void save(
            DSLContext sql,
            CallContext context,
            long version,
            UUID id,
            String name,
            @Nullable ObjectNode before,
            ObjectNode definition) {
        MetadataStore.Row row = new MetadataStore.Row(id, name, JSONB.valueOf(definition.toString()));
        store.save(sql, context.tenant(), row, clock.instant());
        trail.record(sql, context, id, version, before, definition);
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }
}
