package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.type.Setting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.JSONB;

/// A tenant's definitions as they are stored: what the tenant wrote, and with it where each field's values are, and
/// what is hidden but not lost.
///
/// A field has a `slot` or none, and a `member` when its values stand in the record's document under another name than
/// its own. `hidden` lists places with values that no field shows; `removed` marks an entity of which only the records
/// are left.
final class StoredDefinitions {

    static final String HIDDEN = "hidden";
    static final String SLOT = "slot";
    static final String MEMBER = "member";
    static final String INDEXED = "indexed";

    static final String CLAIMING = Setting.CLAIMING.name();

    private static final String REMOVED = "removed";
    private static final String GOING = "going";

    /// Counts the places that got names of their own.
    static final String PLACES = "places";

    /// Names under which documents may still have values that stand elsewhere by now.
    static final String STALE = "stale";

    private final Map<String, Entry> live = new TreeMap<>();
    private final Map<String, Entry> gone = new TreeMap<>();

    private StoredDefinitions() {}

    /// One stored document.
    ///
    /// @param id of the entity
    record Entry(UUID id, ObjectNode document) {

        String key() {
            return document.has(Customisation.EXTENDS)
                    ? document.path(Customisation.EXTENDS).asText()
                    : document.path("name").asText();
        }

        MetadataStore.Row row() {
            String key = key();
            String name = removed(document) ? "~" + id : key.substring(key.indexOf('.') + 1);
            return new MetadataStore.Row(id, name, JSONB.valueOf(document.toString()));
        }
    }

    static StoredDefinitions of(Collection<MetadataStore.Row> rows) {
        StoredDefinitions stored = new StoredDefinitions();
        rows.forEach(row -> stored.put(new Entry(row.id(), (ObjectNode) SnapshotBuilder.tree(row))));
        return stored;
    }

    StoredDefinitions with(Collection<Entry> changed) {
        StoredDefinitions stored = new StoredDefinitions();
        Map<UUID, Entry> all = new TreeMap<>();
        live.values().forEach(entry -> all.put(entry.id(), entry));
        gone.values().forEach(entry -> all.put(entry.id(), entry));
        changed.forEach(entry -> all.put(entry.id(), entry));
        all.values().forEach(stored::put);
        return stored;
    }

    /// Returns what is going to be when all places that are being filled have become their fields' own; this when there
    /// are none.
    StoredDefinitions filled(Instant now) {
        List<Entry> changed = new ArrayList<>();
        for (Entry entry : live.values()) {
            ObjectNode document = entry.document().deepCopy();
            boolean switched = false;
            for (JsonNode place : entry.document().path(HIDDEN)) {
                switched |= Reshape.switchOver(document, place.path("name").asText(), now);
            }
            if (switched) {
                changed.add(new Entry(entry.id(), document));
            }
        }
        return changed.isEmpty() ? this : with(changed);
    }

    private void put(Entry entry) {
        if (removed(entry.document())) {
            gone.put(entry.id().toString(), entry);
        } else {
            live.put(entry.key(), entry);
        }
    }

    Optional<Entry> live(String entity) {
        return Optional.ofNullable(live.get(entity));
    }

    /// Returns the removed entity with the id.
    Optional<Entry> gone(String id) {
        return Optional.ofNullable(gone.get(id));
    }

    /// Returns the removed entity with the id if its records are kept, so that it can be brought back.
    Optional<Entry> kept(String id) {
        return gone(id).filter(entry -> !going(entry.document()));
    }

    StoredDefinitions without(Entry entry) {
        StoredDefinitions stored = new StoredDefinitions();
        live.values().forEach(stored::put);
        gone.values().stream().filter(one -> !one.id().equals(entry.id())).forEach(stored::put);
        return stored;
    }

    List<MetadataStore.Row> rows() {
        return live.values().stream().map(Entry::row).toList();
    }

    /// Returns what the tenant wrote.
    Customisation customisation() {
        Map<String, ObjectNode> documents = new TreeMap<>();
        live.forEach((key, entry) -> {
            ObjectNode plain = plain(entry.document());
            if (!plain.has(Customisation.EXTENDS) || plain.size() > 1) {
                documents.put(key, plain);
            }
        });
        return Customisation.of(documents);
    }

    static boolean removed(ObjectNode document) {
        return document.has(REMOVED);
    }

    /// Returns the document of an entity whose records are kept though it is gone.
    static ObjectNode remove(ObjectNode document, String since) {
        ObjectNode removed = document.deepCopy();
        removed.putObject(REMOVED).put("since", since);
        return removed;
    }

    /// Returns whether the records of a removed entity are being taken away.
    static boolean going(ObjectNode document) {
        return document.path(REMOVED).path(GOING).asBoolean();
    }

    static ObjectNode going(ObjectNode document, boolean going) {
        ObjectNode removed = document.deepCopy();
        removed.withObject("/" + REMOVED).put(GOING, going);
        return removed;
    }

    static ObjectNode bringBack(ObjectNode document) {
        ObjectNode back = document.deepCopy();
        back.remove(REMOVED);
        return back;
    }

    /// Returns the definition with the places of its fields, without what is hidden.
    static ObjectNode definition(ObjectNode document) {
        ObjectNode definition = document.deepCopy();
        definition.remove(List.of(HIDDEN, REMOVED, PLACES, STALE));
        return definition;
    }

    private static ObjectNode plain(ObjectNode document) {
        ObjectNode plain = definition(document);
        if (plain.path("fields") instanceof ArrayNode fields) {
            fields.forEach(field -> unplace((ObjectNode) field));
            for (int i = fields.size() - 1; i >= 0; i--) {
                boolean empty = fields.get(i).size() == 1 && plain.has(Customisation.EXTENDS);
                if (empty) {
                    fields.remove(i);
                }
            }
            if (fields.isEmpty() && plain.has(Customisation.EXTENDS)) {
                plain.remove("fields");
            }
        }
        return plain;
    }

    private static void unplace(ObjectNode field) {
        boolean own = ComponentKey.isOwn(field.path("name").asText());
        boolean indexed = field.has(SLOT) || field.path(INDEXED).asBoolean();
        field.remove(List.of(SLOT, MEMBER, CLAIMING));
        if (own || indexed) {
            field.put(INDEXED, indexed);
        }
    }
}
