package io.relata.core.search;

import static io.relata.core.search.SearchTables.DOCUMENT;
import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.RECORD;
import static io.relata.core.search.SearchTables.SOURCE;
import static io.relata.core.search.SearchTables.TENANT;
import static io.relata.core.search.SearchTables.TERM;
import static io.relata.core.search.SearchTables.TEXT;

import io.relata.core.file.FileTexts;
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
        SearchFields fields = SearchFields.of(entity);
        write(tx, fields, values, Map.of());
        awaitFiles(tx, fields, values);
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
        List<String> files =
                fields.fileNames().stream().filter(changed::contains).toList();
        if (!files.isEmpty()) {
            remove(tx, entity, values.keySet(), SOURCE.in(files));
            awaitFiles(tx, fields, values);
        }
    }

    /// Files are read later; until then none of their words finds the record.
    private static void awaitFiles(
            WriteTransaction tx, SearchFields fields, Map<UUID, Map<String, @Nullable Object>> values) {
        List<String> files = fields.fileNames().stream()
                .filter(file -> values.values().stream().anyMatch(own -> own.get(file) != null))
                .toList();
        if (!files.isEmpty()) {
            FileTexts.await(tx.sql(), tx.tenant(), fields.entityId(), values.keySet(), files);
        }
    }

    /// Makes the index anew, whatever it was made for.
    void rebuild(WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values) {
        renew(tx, entity, values);
        SearchFields fields = SearchFields.of(entity);
        remove(tx, entity, values.keySet(), SOURCE.ne(FIELDS).and(SOURCE.notIn(fields.fileNames())));
        awaitFiles(tx, fields, values);
    }

    /// Says of a record what its file says.
    ///
    /// @param field that has the file
    void read(WriteTransaction tx, EntityDefinition entity, UUID record, String field, String words) {
        Map<UUID, String> before = texts(tx.sql(), tx.tenant(), entity, List.of(record), field);
        String text = SearchText.ofFile(words);
        if (!text.equals(before.get(record))) {
            new IndexStatement(tx.sql(), tx.tenant(), SearchFields.of(entity), field)
                    .write(Map.of(record, text), before);
        }
    }

    /// Compares the index with the records and puts it right.
    void renew(WriteTransaction tx, EntityDefinition entity, Map<UUID, Map<String, @Nullable Object>> values) {
        if (!values.isEmpty()) {
            Map<UUID, String> before = texts(tx.sql(), tx.tenant(), entity, values.keySet(), FIELDS);
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
            DSLContext sql, UUID tenant, EntityDefinition entity, Collection<UUID> records, String source) {
        Map<UUID, String> texts = new HashMap<>();
        sql.select(RECORD, TEXT)
                .from(DOCUMENT)
                .where(of(tenant, entity, records))
                .and(SOURCE.eq(source))
                .forEach(row -> texts.put(row.value1(), row.value2()));
        return texts;
    }

    @Override
    public void removed(WriteTransaction tx, EntityDefinition entity, Collection<UUID> records) {
        remove(tx, entity, records, DSL.noCondition());
    }

    private static void remove(
            WriteTransaction tx, EntityDefinition entity, Collection<UUID> records, Condition sources) {
        if (records.isEmpty()) {
            return;
        }
        List<UUID> owners = new ArrayList<>();
        List<String> terms = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        tx.sql()
                .deleteFrom(DOCUMENT)
                .where(of(tx.tenant(), entity, records))
                .and(sources)
                .returningResult(RECORD, TEXT, SOURCE)
                .fetch()
                .forEach(row -> SearchText.terms(row.value2(), row.value3()).forEach(term -> {
                    owners.add(row.value1());
                    terms.add(term);
                    origins.add(row.value3());
                }));
        if (owners.isEmpty()) {
            return;
        }
        tx.sql()
                .deleteFrom(TERM)
                .using(DSL.table(
                        "unnest({0}, {1}, {2}) as gone (record, term, source)",
                        SearchTables.ids(owners), SearchTables.texts(terms), SearchTables.texts(origins)))
                .where(TENANT.eq(tx.tenant()))
                .and(ENTITY.eq(entity.id()))
                .and("search_term.term = gone.term and search_term.record_id = gone.record"
                        + " and search_term.source = gone.source")
                .execute();
    }

    private static Condition of(UUID tenant, EntityDefinition entity, Collection<UUID> records) {
        return TENANT.eq(tenant).and(ENTITY.eq(entity.id())).and(RECORD.eq(DSL.any(records.toArray(UUID[]::new))));
    }
}
