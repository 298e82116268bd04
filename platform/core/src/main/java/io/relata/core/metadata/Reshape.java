package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A field whose values are to be stored differently: as another type, or in or out of an indexed column.
///
/// @param field the field
/// @param place the second place, which is filled while the first is in use
public record Reshape(ComponentKey field, String place) {

    /// Why a place is hidden: it is being filled.
    static final String FILLING = "filling";

    /// Why a place is hidden: its field was removed.
    static final String REMOVED = "removed";

    /// Why a place is hidden: the field's values are in another now.
    static final String REPLACED = "replaced";

    /// Why a place is hidden: the same values are in another now, and it is to be cleared.
    static final String LEFT = "left";

    /// A plugin's slot without an index, which the field leaves; to be cleared when its values are in the new place.
    private static final String LEAVES = "leaves";

    private static final List<String> APART =
            List.of("lookup", "user", "address", "geo", "file", "image", "encryptedText");

    /// What decides how a value is stored.
    private static final List<String> SHAPE = List.of("type", "scale");

    /// Returns whether the field is a formula that is written with each save.
    static boolean storedFormula(JsonNode field) {
        return field.path("stored").asBoolean();
    }

    /// Returns whether what is stored is to be computed for all records.
    static boolean computesAnew(JsonNode before, JsonNode after) {
        return storedFormula(after)
                && !(storedFormula(before)
                        && before.path("expression").equals(after.path("expression"))
                        && before.path("scale").equals(after.path("scale")));
    }

    /// Between formulas nothing is converted: the one is computed as the other was.
    static boolean needed(JsonNode before, JsonNode after) {
        if (before.has("expression") && after.has("expression")) {
            return false;
        }
        return SHAPE.stream().anyMatch(member -> !after.path(member).equals(before.path(member))) && after.has("type");
    }

    /// Ids of records and of people stand for nothing else, and what consists of parts is no single value.
    static boolean possible(JsonNode before, JsonNode after) {
        if (before.has("expression") != after.has("expression")) {
            return false;
        }
        boolean ids = APART.contains(before.path("type").asText())
                || APART.contains(after.path("type").asText());
        return !ids || before.path("type").equals(after.path("type"));
    }

    static ObjectNode place(String name, String of, String why, Instant since, ObjectNode field) {
        ObjectNode place = JsonNodeFactory.instance.objectNode();
        place.put("name", name).put("of", of).put("why", why).put("since", since.toString());
        ObjectNode kept = field.deepCopy();
        if (!kept.has(StoredDefinitions.SLOT) && !kept.has(StoredDefinitions.MEMBER)) {
            kept.put(StoredDefinitions.MEMBER, of);
        }
        place.set("field", kept);
        return place;
    }

    /// Says which slot the field leaves that its own definition does not name, because the plugin's does.
    static void leaves(ObjectNode place, String slot) {
        place.put(LEAVES, slot);
    }

    /// Has the field served from its second place from now on.
    ///
    /// @param document the entity's, as it is stored; it is changed
    /// @return whether the place was still to be filled
    static boolean switchOver(ObjectNode document, String place, Instant now) {
        ArrayNode hidden = document.withArray(StoredDefinitions.HIDDEN);
        int index = indexOf(hidden, place);
        if (index < 0 || !hidden.get(index).path("why").asText().equals(FILLING)) {
            return false;
        }
        String name = hidden.get(index).path("of").asText();
        ObjectNode fresh = (ObjectNode) hidden.get(index).path("field");
        ArrayNode fields = document.withArray("fields");
        int field = indexOf(fields, name);
        ObjectNode old = (ObjectNode) fields.get(field);
        if (hidden.get(index).has(LEAVES)) {
            old = old.deepCopy();
            old.set(StoredDefinitions.SLOT, hidden.get(index).get(LEAVES));
        }
        fields.set(field, fresh);
        boolean moved = !needed(old, fresh);
        if (old.has("expression") && !storedFormula(old)) {
            drop(document, place);
        } else if (moved && !old.has(StoredDefinitions.SLOT)) {
            document.withArray(StoredDefinitions.STALE)
                    .add(old.path(StoredDefinitions.MEMBER).asText(name));
            drop(document, place);
        } else {
            hidden.set(index, place(place, name, moved ? LEFT : REPLACED, now, old));
        }
        return true;
    }

    /// Leaves the field where it is; what the second place has in an indexed column is still to be cleared.
    static void giveUp(ObjectNode document, String place) {
        ArrayNode hidden = document.withArray(StoredDefinitions.HIDDEN);
        int index = indexOf(hidden, place);
        if (index < 0 || !hidden.get(index).path("why").asText().equals(FILLING)) {
            return;
        }
        if (hidden.get(index).path("field").has(StoredDefinitions.SLOT)) {
            ((ObjectNode) hidden.get(index)).put("why", LEFT);
        } else {
            drop(document, place);
        }
    }

    /// Has a place cleared whose values came back if its change were taken back: they never do.
    static void purge(ObjectNode document, String place) {
        ArrayNode hidden = document.withArray(StoredDefinitions.HIDDEN);
        int index = indexOf(hidden, place);
        if (index >= 0 && !hidden.get(index).path("why").asText().equals(FILLING)) {
            ((ObjectNode) hidden.get(index)).put("why", LEFT);
        }
    }

    /// Returns the names under which documents may have older values of a place's field.
    static List<String> older(JsonNode document, JsonNode place) {
        List<String> names = new ArrayList<>();
        for (JsonNode stale : document.path(StoredDefinitions.STALE)) {
            if (ofField(stale, place)) {
                names.add(stale.asText());
            }
        }
        return names;
    }

    private static boolean ofField(JsonNode stale, JsonNode place) {
        String name = stale.asText();
        int mark = name.indexOf('~');
        return (mark < 0 ? name : name.substring(0, mark))
                .equals(place.path("of").asText());
    }

    /// Forgets the place, and the older values of its field.
    static void forget(ObjectNode document, String place) {
        ArrayNode hidden = document.withArray(StoredDefinitions.HIDDEN);
        int index = indexOf(hidden, place);
        if (index >= 0 && document.path(StoredDefinitions.STALE) instanceof ArrayNode stale) {
            for (int i = stale.size() - 1; i >= 0; i--) {
                if (ofField(stale.get(i), hidden.get(index))) {
                    stale.remove(i);
                }
            }
        }
        drop(document, place);
    }

    /// Forgets the place: nothing stands in it any more, or nobody wants it.
    static void drop(ObjectNode document, String place) {
        ArrayNode hidden = document.withArray(StoredDefinitions.HIDDEN);
        int index = indexOf(hidden, place);
        if (index >= 0) {
            hidden.remove(index);
        }
        if (hidden.isEmpty()) {
            document.remove(StoredDefinitions.HIDDEN);
        }
    }

    private static int indexOf(ArrayNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asText().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
