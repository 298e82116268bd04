package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.FieldDefinition;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.AggregateFilterStep;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.ResultQuery;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Reckons roll-ups from the records that count, in SQL.
final class RollUpQuery {

    private RollUpQuery() {}

    /// Returns the results in the stored form, by the record that has them; one for which nothing counts has none.
    static Map<UUID, Object> results(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        if (one.way() instanceof ActiveRollUp.Under under) {
            return under(tx, one, under, parents, Set.of());
        }
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
            case ActiveRollUp.Under under -> throw new IllegalStateException("Reckoned otherwise: " + under);
        }
        Condition counts =
                columns.live(tx.tenant()).and(parent.isNotNull()).and(parent.eq(DSL.any(parents.toArray(UUID[]::new))));
        if (one.filter() != null) {
            counts = counts.and(ConditionSql.exact(columns, one.filter()));
        }
        return fetched(tx.sql()
                .select(parent.as("parent"), result(one, columns).as("result"))
                .from(from)
                .where(counts)
                .groupBy(parent));
    }

    /// Returns what the records and all under them give, by the record at the top.
    ///
    /// @param cut records that are not gone into when they are met on the way down
    static Map<UUID, Object> under(
            WriteTransaction tx,
            ActiveRollUp one,
            ActiveRollUp.Under way,
            Collection<UUID> tops,
            Collection<UUID> cut) {
        RecordColumns top = RecordColumns.of(one.children(), "top");
        RecordColumns next = RecordColumns.of(one.children(), "next");
        RecordColumns columns = RecordColumns.of(one.children(), "counted");
        Field<UUID> root = DSL.field(DSL.name("under", "root"), UUID.class);
        Field<UUID> id = DSL.field(DSL.name("under", "id"), UUID.class);
        Table<?> under = DSL.table(DSL.name("under"));
        Condition leads = next.live(tx.tenant())
                .and(reference(next, way.lookup()).isNotNull())
                .and(reference(next, way.lookup()).eq(id));
        if (!cut.isEmpty()) {
            leads = leads.and(next.id().ne(DSL.all(cut.toArray(UUID[]::new))));
        }
        CommonTableExpression<?> found = DSL.name("under")
                .fields("root", "id")
                .as(DSL.select(top.id(), top.id())
                        .from(top.table())
                        .where(top.belongsTo(tx.tenant()))
                        .and(top.id().eq(DSL.any(tops.toArray(UUID[]::new))))
                        .union(DSL.select(root, next.id())
                                .from(under)
                                .join(next.table())
                                .on(leads)));
        Condition counts = one.filter() == null ? DSL.noCondition() : ConditionSql.exact(columns, one.filter());
        return fetched(tx.sql()
                .withRecursive(found)
                .select(root.as("parent"), result(one, columns).as("result"))
                .from(under)
                .join(columns.table())
                .on(columns.live(tx.tenant()).and(columns.id().eq(id)))
                .where(counts)
                .groupBy(root));
    }

    private static Map<UUID, Object> fetched(ResultQuery<? extends Record> query) {
        Map<UUID, Object> results = new HashMap<>();
        query.forEach(row -> {
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
