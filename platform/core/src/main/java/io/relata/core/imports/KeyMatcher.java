package io.relata.core.imports;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// Finds the records that rows are about, by the mapping's key, all of a batch at once.
final class KeyMatcher {

    private KeyMatcher() {}

    /// Returns the records with each key that the caller may read; a key that none of them has is missing.
    static Map<String, List<UUID>> match(
            DSLContext sql, CallerAccess access, ImportPlan plan, FieldDefinition key, Collection<String> values) {
        RecordColumns columns = RecordColumns.of(plan.entity());
        Field<?> column = columns.field(key);
        Map<String, List<UUID>> found = new HashMap<>();
        sql.select(column, columns.id())
                .from(columns.table())
                .where(columns.live(access.tenant()))
                .and(Reach.of(access, plan.entity(), Privilege.READ).each(columns))
                .and(key.kind() == ValueKind.INTEGER ? integers(column, values) : texts(column, values))
                .fetch()
                .forEach(row -> found.computeIfAbsent(String.valueOf(row.value1()), value -> new ArrayList<>())
                        .add(row.value2()));
        return found;
    }

    private static Condition texts(Field<?> column, Collection<String> values) {
        return column.coerce(String.class).eq(DSL.any(values.toArray(String[]::new)));
    }

    /// A text that is no number matches nothing; the record's validation will say what is wrong with it.
    private static Condition integers(Field<?> column, Collection<String> values) {
        Long[] numbers = values.stream()
                .filter(value -> value.matches("-?\\d{1,18}"))
                .map(Long::valueOf)
                .toArray(Long[]::new);
        return column.coerce(Long.class).eq(DSL.any(numbers));
    }
}
