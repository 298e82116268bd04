package io.relata.core.consent;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.sql.StoredDocument;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

/// The tables of consents. A statement over one of them names columns alone.
final class ConsentTables {

    static final Table<Record> PURPOSE = table(name("relata", "consent_purpose"));
    static final Table<Record> TEXT = table(name("relata", "consent_text"));
    static final Table<Record> CONSENT = table(name("relata", "consent"));

    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<UUID> ID = field(name("id"), UUID.class);
    static final Field<String> CODE = field(name("code"), String.class);
    static final Field<JSONB> LABEL = field(name("label"), JSONB.class);
    static final Field<Integer> MONTHS = field(name("months"), Integer.class);
    static final Field<Boolean> ACTIVE = field(name("active"), Boolean.class);
    static final Field<OffsetDateTime> CREATED = field(name("created_at"), OffsetDateTime.class);
    static final Field<OffsetDateTime> UPDATED = field(name("updated_at"), OffsetDateTime.class);

    static final Field<UUID> PURPOSE_ID = field(name("purpose_id"), UUID.class);
    static final Field<Integer> VERSION = field(name("version"), Integer.class);
    static final Field<JSONB> TEXTS = field(name("texts"), JSONB.class);
    static final Field<UUID> CREATED_BY = field(name("created_by"), UUID.class);

    static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    static final Field<String> STATE = field(name("state"), String.class);
    static final Field<OffsetDateTime> SAID = field(name("said_at"), OffsetDateTime.class);
    static final Field<Boolean> CURRENT = field(name("current"), Boolean.class);
    static final Field<OffsetDateTime> RECORDED = field(name("recorded_at"), OffsetDateTime.class);
    static final Field<UUID> RECORDED_BY = field(name("recorded_by"), UUID.class);
    static final Field<String> WAY = field(name("way"), String.class);
    static final Field<Integer> TEXT_VERSION = field(name("text_version"), Integer.class);
    static final Field<String> LANGUAGE = field(name("language"), String.class);
    static final Field<String> SHOWN = field(name("shown"), String.class);
    static final Field<String> SOURCE = field(name("source"), String.class);
    static final Field<String> ADDRESS = field(name("address"), String.class);

    private ConsentTables() {}

    /// What there is of one record.
    static Condition of(UUID tenant, UUID entity, UUID record) {
        return TENANT.eq(tenant).and(ENTITY.eq(entity)).and(RECORD.eq(record));
    }

    static JSONB json(LocalizedText texts) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        texts.texts().forEach(node::put);
        return JSONB.valueOf(node.toString());
    }

    static LocalizedText texts(JSONB stored) {
        Map<String, String> texts = new HashMap<>();
        StoredDocument.parse(stored)
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return new LocalizedText(texts);
    }
}
