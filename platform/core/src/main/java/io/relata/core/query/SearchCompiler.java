package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.record.RecordColumns;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Turns a search into SQL: every word somewhere in the searchable fields, as a part of a text, in any case.
final class SearchCompiler {

    private final List<Field<String>> texts;

    SearchCompiler(RecordColumns columns) {
        this.texts = searched(columns.entity()).stream()
                .map(field -> Texts.lower(columns.field(field).coerce(SQLDataType.CLOB)))
                .toList();
    }

    Condition matches(Search search) {
        return DSL.or(search.alternatives().stream()
                .map(words -> DSL.and(words.stream().map(this::matches).toList()))
                .toList());
    }

    private Condition matches(Search.Word word) {
        Field<String> part = Texts.lower(DSL.val(word.text(), SQLDataType.CLOB));
        Condition found = DSL.or(texts.stream()
                .map(text -> DSL.position(text, part).gt(DSL.inline(0)))
                .toList());
        return word.absent() ? DSL.condition("({0}) is not true", DSL.field(found)) : found;
    }

    private static List<FieldDefinition> searched(EntityDefinition entity) {
        List<FieldDefinition> searchable = entity.fields().stream()
                .filter(field -> field.searchable() && field.kind() == ValueKind.STRING)
                .toList();
        return searchable.isEmpty() ? entity.field(entity.nameField()).stream().toList() : searchable;
    }
}
