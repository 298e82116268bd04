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
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.WithStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Reckons roll-ups from the records that count, in SQL.
final class RollUpQuery {

    private RollUpQuery() {}

    /// The records that count for others, to be selected from.
    ///
    /// @param columns of the records that count
    /// @param parent  for which they do
    /// @param under   a query that finds those in a tree; `null` where there is none
    record Counted(
            RecordColumns columns,
            Field<UUID> parent,
            Table<?> from,
            Condition where,
            @Nullable CommonTableExpression<?> under) {

        /// Begins a statement; the table expression is in it.
        WithStep begin(WriteTransaction tx) {
            return under == null ? tx.sql().with() : tx.sql().withRecursive(under);
        }
    }

    /// Returns the results in the stored form, by the record that has them; one for which nothing counts has none.
    static Map<UUID, Object> results(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        return fetched(tx, one, counted(tx, one, parents));
    }

    /// Returns the records that count for these.
    static Counted counted(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        if (one.way() instanceof ActiveRollUp.Under under) {
            return inTree(tx, one, under, parents, Set.of());
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
        return new Counted(columns, parent, from, counts, null);
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
        return fetched(tx, one, inTree(tx, one, way, tops, cut));
    }

    private static Counted inTree(
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
        Table<?> joined = under.join(columns.table())
                .on(columns.live(tx.tenant()).and(columns.id().eq(id)));
        return new Counted(columns, root, joined, counts, found);
    }

    private static Map<UUID, Object> fetched(WriteTransaction tx, ActiveRollUp one, Counted counted) {
        Map<UUID, Object> results = new HashMap<>();
        counted.begin(tx)
                .select(
                        counted.parent().as("parent"),
                        result(tx, one, counted.columns()).as("result"))
                .from(counted.from())
                .where(counted.where())
                .groupBy(counted.parent())
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

    private static Field<?> result(WriteTransaction tx, ActiveRollUp one, RecordColumns columns) {
        if (one.source() == null) {
            return DSL.count().cast(SQLDataType.BIGINT);
        }
        FieldDefinition source = one.source();
        Field<?> column = one.exchange() == null ? columns.field(source) : Exchanges.amount(tx, one, columns);
        return switch (one.function()) {
            case COUNT -> DSL.count(column).cast(SQLDataType.BIGINT);
            case SUM -> DSL.sum(column.coerce(SQLDataType.BIGINT)).cast(SQLDataType.BIGINT);
            case AVG -> {
                int places = one.exchange() == null ? one.result().scale() - source.scale() : 0;
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
