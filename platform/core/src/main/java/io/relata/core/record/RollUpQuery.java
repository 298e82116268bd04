package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.FieldDefinition;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.AggregateFilterStep;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reckons roll-ups from the records that count, in SQL.
final class RollUpQuery {

    private RollUpQuery() {}

    /// Returns the results in the stored form, by the record that has them; one for which nothing counts has none.
    static Map<UUID, Object> results(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        RecordColumns columns = RecordColumns.of(one.children(), "counted");
        Table<?> from = columns.table();
        Field<UUID> parent;
        switch (one.way()) {
            case ActiveRollUp.Pointing pointing -> parent = reference(columns, pointing.lookup());
            case ActiveRollUp.Tied tied -> {
                RecordColumns link = RecordColumns.of(tied.link(), "tie");
                parent = reference(link, tied.near());
                from = link.table()
                        .join(from)
                        .on(link.live(tx.tenant()).and(columns.id().eq(reference(link, tied.far()))));
            }
        }
        Condition counts =
                columns.live(tx.tenant()).and(parent.isNotNull()).and(parent.eq(DSL.any(parents.toArray(UUID[]::new))));
        if (one.filter() != null) {
            counts = counts.and(ConditionSql.exact(columns, one.filter()));
        }
        Field<?> result = result(one, columns).as("result");
        Map<UUID, Object> results = new HashMap<>();
        tx.sql()
                .select(parent.as("parent"), result)
                .from(from)
                .where(counts)
                .groupBy(parent)
                .forEach(row -> {
                    Object value = row.get(1);
                    if (value != null) {
                        results.put(row.get(0, UUID.class), value);
                    }
                });
        return results;
    }

    private static Field<UUID> reference(RecordColumns columns, FieldDefinition lookup) {
        return columns.field(lookup).coerce(UUID.class);
    }

    private static Field<?> result(ActiveRollUp one, RecordColumns columns) {
        if (one.source() == null) {
            return DSL.count().cast(SQLDataType.BIGINT);
        }
        FieldDefinition source = one.source();
        Field<?> column = columns.field(source);
        return switch (one.function()) {
            case COUNT -> DSL.count(column).cast(SQLDataType.BIGINT);
            case SUM -> DSL.sum(column.coerce(SQLDataType.BIGINT)).cast(SQLDataType.BIGINT);
            case AVG -> {
                int places = one.result().scale() - source.scale();
                BigDecimal factor = BigDecimal.ONE.movePointRight(places);
                yield DSL.round(DSL.avg(column.coerce(SQLDataType.BIGINT)).mul(DSL.inline(factor)))
                        .cast(SQLDataType.BIGINT);
            }
            case MIN -> DSL.min(column);
            case MAX -> DSL.max(column);
            case FIRST -> outermost(one, columns, column, false);
            case LAST -> outermost(one, columns, column, true);
        };
    }

    private static <T> Field<T> outermost(ActiveRollUp one, RecordColumns columns, Field<T> column, boolean last) {
        Field<?> order = columns.field(Objects.requireNonNull(one.order()));
        SortField<?> by = last ? order.desc().nullsLast() : order.asc().nullsLast();
        SortField<UUID> tie = last ? columns.id().desc() : columns.id().asc();
        AggregateFilterStep<T[]> all = DSL.arrayAgg(column).orderBy(by, tie);
        return DSL.arrayGet(all.filterWhere(column.isNotNull()), 1);
    }
}
