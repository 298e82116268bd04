package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCondition;
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
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reckons roll-ups from the records that count, in SQL.
final class RollUpQuery {

    private RollUpQuery() {}

    /// Returns the results in the stored form, by the record that has them; one for which nothing counts has none.
    static Map<UUID, Object> results(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        RecordColumns columns = RecordColumns.of(one.children());
        Field<UUID> parent = columns.field(one.lookup()).coerce(UUID.class);
        Condition counts =
                columns.live(tx.tenant()).and(parent.isNotNull()).and(parent.eq(DSL.any(parents.toArray(UUID[]::new))));
        if (one.filter() != null) {
            counts = counts.and(condition(columns, one.filter()));
        }
        Field<?> result = result(one, columns).as("result");
        Map<UUID, Object> results = new HashMap<>();
        tx.sql()
                .select(parent.as("parent"), result)
                .from(columns.table())
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

    private static Condition condition(RecordColumns columns, RecordCondition condition) {
        return switch (condition) {
            case RecordCondition.And and ->
                DSL.and(and.parts().stream()
                        .map(part -> condition(columns, part))
                        .toList());
            case RecordCondition.Or or ->
                DSL.or(or.parts().stream().map(part -> condition(columns, part)).toList());
            case RecordCondition.Not not -> DSL.not(condition(columns, not.part()));
            case RecordCondition.Is is -> compare(columns.field(is.field()), is);
        };
    }

    private static <T> Condition compare(Field<T> column, RecordCondition.Is is) {
        Object stored = StoredValue.of(is.field(), is.value());
        if (stored == null) {
            return switch (is.relation()) {
                case EQ -> column.isNull();
                case NE -> column.isNotNull();
                case GT, GE, LT, LE -> DSL.falseCondition();
            };
        }
        Field<T> value = DSL.val(stored, column.getDataType());
        Condition compared = switch (is.relation()) {
            case EQ -> column.eq(value);
            case NE -> column.isDistinctFrom(value);
            case GT -> column.gt(value);
            case GE -> column.ge(value);
            case LT -> column.lt(value);
            case LE -> column.le(value);
        };
        return DSL.condition("({0}) is true", DSL.field(compared));
    }
}
