package io.relata.core.search;

import java.util.Collection;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The tables of the index.
final class SearchTables {

    static final Table<?> TERM = DSL.table(DSL.name("relata", "search_term"));
    static final Table<?> DOCUMENT = DSL.table(DSL.name("relata", "search_document"));
    static final Table<?> SPELLING = DSL.table(DSL.name("relata", "search_spelling"));
    static final Table<?> STATE = DSL.table(DSL.name("relata", "search_state"));

    static final Field<UUID> TENANT = DSL.field(DSL.name("tenant_id"), SQLDataType.UUID);
    static final Field<UUID> ENTITY = DSL.field(DSL.name("entity_id"), SQLDataType.UUID);
    static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    static final Field<String> SOURCE = DSL.field(DSL.name("source"), SQLDataType.CLOB);
    static final Field<String> TEXT = DSL.field(DSL.name("text"), SQLDataType.CLOB);
    static final Field<String> WORD = DSL.field(DSL.name("word"), SQLDataType.CLOB);
    static final Field<String> SIGNATURE = DSL.field(DSL.name("signature"), SQLDataType.CLOB);

    private SearchTables() {}

    static Field<String[]> texts(Collection<String> texts) {
        return DSL.val(texts.toArray(String[]::new), SQLDataType.CLOB.getArrayDataType());
    }

    static Field<UUID[]> ids(Collection<UUID> ids) {
        return DSL.val(ids.toArray(UUID[]::new), SQLDataType.UUID.getArrayDataType());
    }
}
