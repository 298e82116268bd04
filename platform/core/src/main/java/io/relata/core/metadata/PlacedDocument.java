package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataDiff.Operation;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One entity's document on its way into the store: where its fields stand, and what is hidden behind them.
final class PlacedDocument {

    private static final String EXPRESSION = Setting.EXPRESSION.name();

    private final Placement plan;

    private final String entity;
    private final ObjectNode result;
    private final ArrayNode hidden;
    private final Map<String, ObjectNode> old = new LinkedHashMap<>();
    private final Slots slots;
    private final List<Violation> found;

    /// Whether there can be no records yet.
    private final boolean first;

    PlacedDocument(Placement plan, String entity, @Nullable ObjectNode before, ObjectNode wanted) {
        this.plan = plan;
        this.entity = entity;
        this.result = wanted.deepCopy();
        this.found = plan.violations.in(entity);
        this.first = before == null && !wanted.has(Customisation.EXTENDS);
        this.hidden = result.putArray(StoredDefinitions.HIDDEN);
        EntityDefinition shown = plan.snapshot.entities().stream()
                .filter(one -> one.key().equals(entity))
                .findFirst()
                .orElse(null);
        this.slots = Slots.free(wanted.has(Customisation.EXTENDS), shown == null ? List.of() : shown.fields());
        if (before != null) {
            before.path("fields").forEach(field -> old.put(field.path("name").asText(), (ObjectNode) field));
            old.values()
                    .forEach(field ->
                            slots.occupy(field.path(StoredDefinitions.SLOT).asText()));
            before.path(StoredDefinitions.HIDDEN).forEach(place -> {
                hidden.add(place.deepCopy());
                slots.occupy(place.path("field").path(StoredDefinitions.SLOT).asText());
            });
            result.put(
                    StoredDefinitions.PLACES,
                    before.path(StoredDefinitions.PLACES).asInt());
        }
    }

    ObjectNode fields(Map<ComponentKey, Change> changes) {
        ArrayNode fields = result.path("fields") instanceof ArrayNode array ? array : result.putArray("fields");
        keepIndexed(fields);
        List<Integer> fresh = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!(fields.get(i) instanceof ObjectNode field)) {
                continue;
            }
            String name = field.path("name").asText();
            ObjectNode before = old.remove(name);
            Change change = changes.get(ComponentKey.ofField(entity, name));
            if (before != null) {
                fields.set(i, kept(i, field, before, change));
            } else if (!ComponentKey.isOwn(name)) {
                fields.set(i, kept(i, field, field.objectNode().put("name", name), change));
            } else if (!broughtBack(field, change)) {
                fresh.add(i);
            }
        }
        old.values().forEach(this::hide);
        chooseSlots(fields, fresh);
        fresh.forEach(index -> beginAsComputed(fields, index));
        if (hidden.isEmpty()) {
            result.remove(StoredDefinitions.HIDDEN);
        }
        if (result.path(StoredDefinitions.PLACES).asInt() == 0) {
            result.remove(StoredDefinitions.PLACES);
        }
        return result;
    }

    /// Records that are there have no value of a stored formula that comes later: until all have one, it is computed
    /// when it is read.
    private void beginAsComputed(ArrayNode fields, int index) {
        ObjectNode stored = (ObjectNode) fields.get(index);
        if (first || !storedFormula(stored)) {
            return;
        }
        String name = stored.path("name").asText();
        ObjectNode computed = stored.deepCopy();
        computed.remove(List.of(Setting.STORED.name(), StoredDefinitions.SLOT, StoredDefinitions.MEMBER));
        fields.set(index, computed);
        String place = placeName(name);
        ObjectNode shape = stored.deepCopy();
        if (!shape.has(StoredDefinitions.SLOT)) {
            shape.put(StoredDefinitions.MEMBER, place);
        }
        fill(name, place, shape);
    }

    /// Of a managed field that the tenant indexed, the slot is left in the background.
    private void keepIndexed(ArrayNode fields) {
        Set<String> named = new java.util.HashSet<>();
        fields.forEach(field -> named.add(field.path("name").asText()));
        old.forEach((name, field) -> {
            if (!ComponentKey.isOwn(name) && !named.contains(name) && placedElsewhere(field)) {
                fields.addObject().put("name", name);
            }
        });
    }

    private static boolean placedElsewhere(JsonNode field) {
        return field.has(StoredDefinitions.SLOT) || field.has(StoredDefinitions.MEMBER);
    }

    private ObjectNode kept(int index, ObjectNode wanted, ObjectNode before, @Nullable Change change) {
        String name = wanted.path("name").asText();
        boolean own = ComponentKey.isOwn(name);
        boolean was = before.has(StoredDefinitions.SLOT);
        JsonNode wish = wanted.remove(StoredDefinitions.INDEXED);
        boolean leaves = storedFormula(before) && !storedFormula(wanted);
        boolean wants = wish == null ? was && own && !leaves : wish.asBoolean();
        boolean same =
                leaves || (was == wants && !Reshape.needed(before, wanted) && !Reshape.computesAnew(before, wanted));
        if (own && before.has("target") && !before.path("target").equals(wanted.path("target"))) {
            reject(index, "target", "target-fixed");
        }
        if (own && before.has("targets") && !goesOn(before, wanted)) {
            reject(index, "targets", "target-fixed");
        }
        if (busy(name) && !(same && unchanged(name))) {
            reject(index, "name", "field-busy");
        }
        if (own && wish == null) {
            note(name, wants);
        }
        if (isUnique(wanted) && isUnique(before) && before.has(StoredDefinitions.CLAIMING)) {
            wanted.set(StoredDefinitions.CLAIMING, before.get(StoredDefinitions.CLAIMING));
        } else if (isUnique(wanted) && !isUnique(before)) {
            claim(name, wanted);
        }
        if (leaves) {
            leave(index, name, before, wants);
            return wanted;
        }
        if (same) {
            copy(before, wanted);
            return wanted;
        }
        if (!Reshape.possible(before, wanted)) {
            reject(
                    index,
                    "type",
                    "type-not-convertible",
                    before.path("type").asText(),
                    wanted.path("type").asText());
        }
        if (Reshape.needed(before, wanted) && (isUnique(before) || isUnique(wanted))) {
            reject(index, "type", "unique-not-convertible");
        }
        if (isUnique(before) != isUnique(wanted) && !Reshape.needed(before, wanted)) {
            reject(index, "unique", "unique-apart");
        }
        reshape(index, wanted, wants, change);
        return before;
    }

    /// Records that are there have values which nobody has taken yet.
    private void claim(String name, ObjectNode field) {
        field.put(StoredDefinitions.CLAIMING, true);
        plan.claims.add(ComponentKey.ofField(entity, name));
    }

    /// A lookup to one of several entities may get further ones.
    private static boolean goesOn(ObjectNode before, ObjectNode wanted) {
        Set<JsonNode> targets = new java.util.HashSet<>();
        wanted.path("targets").forEach(targets::add);
        boolean all = true;
        for (JsonNode target : before.path("targets")) {
            all = all && targets.contains(target);
        }
        return all && before.path("typeField").equals(wanted.path("typeField"));
    }

    private static boolean storedFormula(JsonNode field) {
        return Reshape.storedFormula(field);
    }

    /// What was stored of a formula is of no use when it is computed.
    private void leave(int index, String name, ObjectNode before, boolean wantsIndex) {
        if (wantsIndex) {
            reject(index, StoredDefinitions.INDEXED, "formula-not-stored");
        }
        if (before.has(StoredDefinitions.SLOT)) {
            String place = placeName(name);
            hidden.add(Reshape.place(place, name, Reshape.LEFT, plan.now, before));
            plan.reshapes.add(new Reshape(ComponentKey.ofField(entity, name), place));
        } else {
            result.withArray(StoredDefinitions.STALE)
                    .add(before.path(StoredDefinitions.MEMBER).asText(name));
        }
    }

    private static boolean isUnique(ObjectNode field) {
        return field.path("unique").asBoolean();
    }

    private boolean unchanged(String name) {
        ComponentKey key = ComponentKey.ofField(entity, name);
        return plan.stored.customisation().component(key).equals(plan.target.component(key));
    }

    private boolean busy(String name) {
        for (JsonNode place : hidden) {
            if (place.path("of").asText().equals(name)
                    && place.path("why").asText().equals(Reshape.FILLING)) {
                return true;
            }
        }
        return false;
    }

    /// Gives the field a second place: the one it was in before, if that is still there, else a new one.
    private void reshape(int index, ObjectNode wanted, boolean indexed, @Nullable Change change) {
        String name = wanted.path("name").asText();
        ComponentKey key = ComponentKey.ofField(entity, name);
        String place = change == null ? null : change.kept();
        ObjectNode shape = wanted.deepCopy();
        ObjectNode earlier = place == null ? null : replaced(place);
        if (place != null && earlier != null && earlier.has(StoredDefinitions.SLOT) == indexed) {
            copy(earlier, shape);
        } else {
            place = placeName(name);
            FieldDefinition field = definition(name);
            if (indexed && field != null) {
                take(index, shape, field, true);
            } else {
                shape.put(StoredDefinitions.MEMBER, place);
            }
        }
        fill(name, place, shape);
        plan.kept.put(key, place);
    }

    private void fill(String name, String place, ObjectNode shape) {
        ObjectNode filling = Reshape.place(place, name, Reshape.FILLING, plan.now, shape);
        pinned(name).ifPresent(slot -> Reshape.leaves(filling, slot));
        hidden.add(filling);
        plan.reshapes.add(new Reshape(ComponentKey.ofField(entity, name), place));
    }

    /// Returns the slot in which a managed field is where its plugin put it.
    private Optional<String> pinned(String name) {
        boolean moved = plan.stored
                .live(entity)
                .map(entry -> entry.document().path("fields"))
                .map(fields -> placed(fields, name))
                .orElse(false);
        return ComponentKey.isOwn(name) || moved
                ? Optional.empty()
                : plan.snapshot.entities().stream()
                        .filter(one -> one.key().equals(entity))
                        .flatMap(one -> one.field(name).stream())
                        .flatMap(field -> Optional.ofNullable(field.slot()).stream())
                        .findFirst();
    }

    private static boolean placed(JsonNode fields, String name) {
        for (JsonNode field : fields) {
            if (field.path("name").asText().equals(name)) {
                return placedElsewhere(field);
            }
        }
        return false;
    }

    /// Takes the field's earlier place out of those that are hidden.
    private @Nullable ObjectNode replaced(String place) {
        for (int i = 0; i < hidden.size(); i++) {
            JsonNode one = hidden.get(i);
            if (one.path("name").asText().equals(place)
                    && one.path("why").asText().equals(Reshape.REPLACED)) {
                hidden.remove(i);
                return (ObjectNode) one.path("field");
            }
        }
        return null;
    }

    private @Nullable FieldDefinition definition(String name) {
        FieldReader.Draft draft = plan.drafts.get(ComponentKey.ofField(entity, name));
        if (draft != null) {
            return draft.field();
        }
        return plan.snapshot.entities().stream()
                .filter(one -> one.key().equals(entity))
                .flatMap(one -> one.field(name).stream())
                .findFirst()
                .orElse(null);
    }

    /// Returns a name that no value of the entity's records has stood under.
    private String placeName(String name) {
        int number = result.path(StoredDefinitions.PLACES).asInt() + 1;
        result.put(StoredDefinitions.PLACES, number);
        return name + "~" + number;
    }

    private boolean broughtBack(ObjectNode field, @Nullable Change change) {
        String wanted = change == null || change.operation() != Operation.ADD ? null : change.kept();
        for (int i = 0; wanted != null && i < hidden.size(); i++) {
            JsonNode place = hidden.get(i);
            if (place.path("name").asText().equals(wanted)) {
                copy((ObjectNode) place.path("field"), field);
                field.remove(StoredDefinitions.INDEXED);
                if (isUnique(field)) {
                    claim(field.path("name").asText(), field);
                }
                hidden.remove(i);
                plan.kept.put(ComponentKey.ofField(entity, field.path("name").asText()), wanted);
                return true;
            }
        }
        return false;
    }

    private static void copy(ObjectNode from, ObjectNode to) {
        for (String member : List.of(StoredDefinitions.SLOT, StoredDefinitions.MEMBER)) {
            if (from.has(member)) {
                to.set(member, from.get(member));
            }
        }
    }

    private void hide(ObjectNode field) {
        String name = field.path("name").asText();
        if (busy(name)) {
            found.add(Violation.of(null, "field-busy"));
        }
        if (ComponentKey.isOwn(name) && (!field.has(EXPRESSION) || storedFormula(field))) {
            String place = placeName(name);
            hidden.add(Reshape.place(place, name, Reshape.REMOVED, plan.now, asItIsStored(field)));
            plan.kept.put(ComponentKey.ofField(entity, name), place);
        }
    }

    /// The values of a formula that goes are kept as what they are.
    private ObjectNode asItIsStored(ObjectNode field) {
        FieldDefinition known = plan.snapshot.entities().stream()
                .filter(one -> one.key().equals(entity))
                .flatMap(one -> one.field(field.path("name").asText()).stream())
                .findFirst()
                .orElse(null);
        if (known == null || known.formula() == null) {
            return field;
        }
        ObjectNode plain = field.objectNode();
        plain.put("name", known.name()).put("type", known.type().typeName());
        plain.set("label", field.path("label"));
        if (known.type().has(Setting.SCALE)) {
            plain.put("scale", known.scale());
        }
        copy(field, plain);
        return plain;
    }

    /// The naming field first, then those that ask for a slot, then the others while slots last: a filter or a
    /// sort on a slot uses an index. A field that asks in vain is refused; the others do without.
    private void chooseSlots(ArrayNode fields, List<Integer> fresh) {
        String nameField = result.path("nameField").asText();
        if (nameField.isEmpty() && !fresh.isEmpty() && !result.has(Customisation.EXTENDS)) {
            nameField = firstText(fields);
        }
        for (boolean asked : new boolean[] {true, false}) {
            for (int index : fresh) {
                ObjectNode field = (ObjectNode) fields.get(index);
                JsonNode wish = wish(field);
                boolean asks = wish == null ? field.path("name").asText().equals(nameField) : wish.asBoolean();
                boolean refuses = wish != null && !wish.asBoolean();
                FieldDefinition definition = definition(field.path("name").asText());
                if (definition != null && asks == asked && !refuses) {
                    take(index, field, definition, wish != null);
                }
            }
        }
        for (int index : fresh) {
            ObjectNode field = (ObjectNode) fields.get(index);
            String name = field.path("name").asText();
            field.remove(StoredDefinitions.INDEXED);
            note(name, field.has(StoredDefinitions.SLOT));
            if (!field.has(StoredDefinitions.SLOT) && stoodThere(name)) {
                field.put(StoredDefinitions.MEMBER, placeName(name));
            }
        }
    }

    /// Returns whether the field is to have a slot: what the writer said, or what it cannot do without.
    private @Nullable JsonNode wish(ObjectNode field) {
        FieldReader.Draft draft =
                plan.drafts.get(ComponentKey.ofField(entity, field.path("name").asText()));
        JsonNode said = field.get(StoredDefinitions.INDEXED);
        return said == null && draft != null && Boolean.TRUE.equals(draft.indexed()) ? BooleanNode.TRUE : said;
    }

    private String firstText(ArrayNode fields) {
        for (JsonNode field : fields) {
            FieldDefinition definition = definition(field.path("name").asText());
            if (definition != null && definition.type().canName()) {
                return definition.name();
            }
        }
        return "";
    }

    /// Returns whether a field that was there before had the name: its values may stand in documents still.
    private boolean stoodThere(String name) {
        for (JsonNode stale : result.path(StoredDefinitions.STALE)) {
            if (stale.asText().equals(name)) {
                return true;
            }
        }
        for (JsonNode place : hidden) {
            if (place.path("of").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void take(int index, ObjectNode field, FieldDefinition definition, boolean wanted) {
        if (definition.virtual() || unread(definition)) {
            if (wanted && definition.virtual()) {
                reject(index, StoredDefinitions.INDEXED, "formula-not-stored");
            }
            return;
        }
        if (!Slots.fits(definition)) {
            if (wanted) {
                reject(index, StoredDefinitions.INDEXED, "slot-too-long", Slots.GREATEST_LENGTH);
            }
            return;
        }
        slots.take(definition.kind()).ifPresentOrElse(slot -> field.put(StoredDefinitions.SLOT, slot), () -> {
            if (wanted) {
                reject(index, StoredDefinitions.INDEXED, "slots-exhausted", candidates(definition));
            }
        });
    }

    /// Returns whether it is a formula that is wrong, which is told of elsewhere.
    private static boolean unread(FieldDefinition field) {
        return field.formula() == null && field.settings().get(Setting.EXPRESSION) != null;
    }

    /// Returns the tenant's own fields that hold slots of the kind: unmarking one makes room.
    private String candidates(FieldDefinition definition) {
        List<String> names = new ArrayList<>();
        for (JsonNode field : result.path("fields")) {
            String slot = field.path(StoredDefinitions.SLOT).asText();
            if (!slot.isEmpty() && slot.charAt(0) == definition.kind().slotPrefix()) {
                names.add(field.path("name").asText());
            }
        }
        return names.isEmpty() ? "-" : String.join(", ", names);
    }

    private void reject(int index, String member, String code, Object... arguments) {
        found.add(Violation.of("fields[" + index + "]." + member, code, arguments));
    }

    /// Writes into the target what was decided for a field that left it open.
    private void note(String name, boolean indexed) {
        ComponentKey key = ComponentKey.ofField(entity, name);
        plan.target
                .component(key)
                .ifPresent(properties -> plan.target.put(key, properties.put(StoredDefinitions.INDEXED, indexed), -1));
    }
}
