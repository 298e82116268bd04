package io.relata.core.search;

import static io.relata.core.search.SearchTables.DOCUMENT;
import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.RECORD;
import static io.relata.core.search.SearchTables.SOURCE;
import static io.relata.core.search.SearchTables.TENANT;
import static io.relata.core.search.SearchTables.TERM;
import static io.relata.core.search.SearchTables.TEXT;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.RecordIndex;
import io.relata.core.record.WriteTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Keeps the index: two statements for a set of changes, one for a set of new records, none where no searched field
/// changed.
public final class SearchIndex implements RecordIndex {

    /// The source of what stands in a record's own fields.
    static final String FIELDS = "";

    @Override
    public void added(WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values) {
        write(tx, SearchFields.of(entity), values, Map.of());
    }

    @Override
    public void changed(
            WriteTransaction tx,
            EntityDefinition entity,
            Collection<String> changed,
            Map<UUID, Map<String, @Nullable Object>> values) {
        SearchFields fields = SearchFields.of(entity);
        boolean concerned = changed.contains(fields.name().name())
                || fields.others().stream().anyMatch(field -> changed.contains(field.name()));
        if (concerned) {
            renew(tx, entity, values);
        }
    }

    /// Compares the index with the records and puts it right.
    void renew(WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values) {
        if (!values.isEmpty()) {
            Map<UUID, String> before = texts(tx.sql(), tx.tenant(), entity, values.keySet());
            write(tx, SearchFields.of(entity), values, before);
        }
    }

    private static void write(
            WriteTransaction tx,
            SearchFields fields,
            Map<UUID, Map<String, @Nullable Object>> values,
            Map<UUID, String> before) {
        Map<UUID, String> texts = new HashMap<>();
        values.forEach((record, own) -> {
            String text = SearchText.of(fields, own);
            if (!text.equals(before.get(record))) {
                texts.put(record, text);
            }
        });
        new IndexStatement(tx.sql(), tx.tenant(), fields, FIELDS).write(texts, before);
    }

    private static Map<UUID, String> texts(
            DSLContext sql, UUID tenant, EntityDefinition entity, Collection<UUID> records) {
        Map<UUID, String> texts = new HashMap<>();
        sql.select(RECORD, TEXT)
                .from(DOCUMENT)
                .where(of(tenant, entity, records))
                .and(SOURCE.eq(FIELDS))
                .forEach(row -> texts.put(row.value1(), row.value2()));
        return texts;
    }

    @Override
    public void removed(WriteTransaction tx, EntityDefinition entity, Collection<UUID> records) {
        if (records.isEmpty()) {
            return;
        }
        List<UUID> owners = new ArrayList<>();
        List<String> terms = new ArrayList<>();
        tx.sql()
                .deleteFrom(DOCUMENT)
                .where(of(tx.tenant(), entity, records))
                .returningResult(RECORD, TEXT)
                .fetch()
                .forEach(row -> SearchText.terms(row.value2()).forEach(term -> {
                    owners.add(row.value1());
                    terms.add(term);
                }));
        tx.sql()
                .deleteFrom(TERM)
                .using(DSL.table(
                        "unnest({0}, {1}) as gone (record, term)", SearchTables.ids(owners), SearchTables.texts(terms)))
                .where(TENANT.eq(tx.tenant()))
                .and(ENTITY.eq(entity.id()))
                .and("search_term.term = gone.term and search_term.record_id = gone.record")
                .execute();
    }

    private static Condition of(UUID tenant, EntityDefinition entity, Collection<UUID> records) {
        return TENANT.eq(tenant).and(ENTITY.eq(entity.id())).and(RECORD.eq(DSL.any(records.toArray(UUID[]::new))));
    }
}
