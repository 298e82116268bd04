package io.relata.core.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The one statement that brings the index up to a set of texts, however many: only terms that come or go are written.
final class IndexStatement {

    /// Of texts in one statement.
    private static final int PORTION = 1_000;

    private static final String WRITE = """
            with document as (
                insert into relata.search_document (tenant_id, entity_id, record_id, source, text)
                select {0}, {1}, written.record, {2}, written.text
                from unnest({3}, {4}) as written (record, text)
                on conflict (tenant_id, entity_id, record_id, source) do update set text = excluded.text),
            gone as (
                delete from relata.search_term term
                using unnest({5}, {6}) as gone (record, term)
                where term.tenant_id = {0} and term.entity_id = {1} and term.term = gone.term
                  and term.record_id = gone.record and term.source = {2}),
            come as (
                insert into relata.search_term (tenant_id, entity_id, term, record_id, source)
                select {0}, {1}, come.term, come.record, {2}
                from unnest({7}, {8}) as come (record, term)
                on conflict do nothing),
            state as (
                insert into relata.search_state (tenant_id, entity_id, signature)
                select {0}, {1}, {9}
                where not exists (select from relata.search_state state
                                  where state.tenant_id = {0} and state.entity_id = {1}))
            insert into relata.search_spelling (tenant_id, key, word)
            select {0}, spelling.key, spelling.word
            from unnest({10}, {11}, {12}) as spelling (key, word, filed)
            where not exists (select from relata.search_spelling known
                              where known.tenant_id = {0} and known.key = spelling.filed
                                and known.word = spelling.word)
            """;

    private final DSLContext sql;
    private final UUID tenant;
    private final SearchFields fields;
    private final String source;

    IndexStatement(DSLContext sql, UUID tenant, SearchFields fields, String source) {
        this.sql = sql;
        this.tenant = tenant;
        this.fields = fields;
        this.source = source;
    }

    /// Writes the texts of records.
    ///
    /// @param before what the index has for them
    void write(Map<UUID, String> texts, Map<UUID, String> before) {
        List<UUID> records = new ArrayList<>(texts.keySet());
        for (int from = 0; from < records.size(); from += PORTION) {
            Portion portion = new Portion();
            records.subList(from, Math.min(records.size(), from + PORTION))
                    .forEach(record -> portion.add(record, String.valueOf(texts.get(record)), before.get(record)));
            portion.write();
        }
    }

    private final class Portion {

        private final List<UUID> records = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();
        private final List<UUID> goneRecords = new ArrayList<>();
        private final List<String> goneTerms = new ArrayList<>();
        private final List<UUID> comeRecords = new ArrayList<>();
        private final List<String> comeTerms = new ArrayList<>();
        private final Set<String> words = new LinkedHashSet<>();

        void add(UUID record, String text, @Nullable String before) {
            records.add(record);
            texts.add(text);
            Set<String> now = SearchText.terms(text, source);
            Set<String> then = before == null ? Set.of() : SearchText.terms(before, source);
            difference(then, now).forEach(term -> {
                goneRecords.add(record);
                goneTerms.add(term);
            });
            difference(now, then).forEach(term -> {
                comeRecords.add(record);
                comeTerms.add(term);
            });
            if (source.isEmpty()) {
                words.addAll(SearchText.spelledWords(text));
            }
        }

        private Set<String> difference(Set<String> of, Set<String> without) {
            Set<String> difference = new HashSet<>(of);
            difference.removeAll(without);
            return difference;
        }

        void write() {
            List<String> keys = new ArrayList<>();
            List<String> spelled = new ArrayList<>();
            List<String> filed = new ArrayList<>();
            for (String word : words) {
                for (String key : Spelling.keys(word)) {
                    keys.add(key);
                    spelled.add(word);
                    filed.add(Spelling.key(word));
                }
            }
            sql.execute(
                    WRITE,
                    value(tenant),
                    value(fields.entityId()),
                    DSL.val(source, SQLDataType.CLOB),
                    SearchTables.ids(records),
                    SearchTables.texts(texts),
                    SearchTables.ids(goneRecords),
                    SearchTables.texts(goneTerms),
                    SearchTables.ids(comeRecords),
                    SearchTables.texts(comeTerms),
                    DSL.val(fields.signature(), SQLDataType.CLOB),
                    SearchTables.texts(keys),
                    SearchTables.texts(spelled),
                    SearchTables.texts(filed));
        }

        private static Field<UUID> value(UUID id) {
            return DSL.val(id, SQLDataType.UUID);
        }
    }
}
