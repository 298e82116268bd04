package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.FieldDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.AggregateFilterStep;
import org.jooq.AggregateFunction;
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

    /// Returns the results of each roll-up in the stored form, by the record that has them; one for which nothing
    /// counts
    /// has none.
    ///
    /// @param several that find the records that count in one way
    static List<Map<UUID, Object>> results(WriteTransaction tx, List<ActiveRollUp> several, Collection<UUID> parents) {
        return fetched(tx, several, found(tx, several.getFirst(), parents));
    }

    /// Returns the records that count for these.
    static Counted counted(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
        Counted found = found(tx, one, parents);
        return new Counted(
                found.columns(), found.parent(), found.from(), found.where().and(filter(one, found)), found.under());
    }

    private static Condition filter(ActiveRollUp one, Counted counted) {
        return one.filter() == null ? DSL.noCondition() : ConditionSql.exact(counted.columns(), one.filter());
    }

    /// Returns the records that are found for these, whatever the filter says.
    private static Counted found(WriteTransaction tx, ActiveRollUp one, Collection<UUID> parents) {
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
        return new Counted(columns, parent, from, counts, null);
    }

    /// Returns what the records and all under them give to each roll-up, by the record at the top.
    ///
    /// @param several that go down by the same lookup
    /// @param cut     records that are not gone into when they are met on the way down
    static List<Map<UUID, Object>> under(
            WriteTransaction tx,
            List<ActiveRollUp> several,
            ActiveRollUp.Under way,
            Collection<UUID> tops,
            Collection<UUID> cut) {
        return fetched(tx, several, inTree(tx, several.getFirst(), way, tops, cut));
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
        Table<?> joined = under.join(columns.table())
                .on(columns.live(tx.tenant()).and(columns.id().eq(id)));
        return new Counted(columns, root, joined, DSL.noCondition(), found);
    }

    /// One statement: a filter that not all share is one of its result alone.
    private static List<Map<UUID, Object>> fetched(WriteTransaction tx, List<ActiveRollUp> several, Counted counted) {
        boolean alone = several.size() == 1;
        List<Field<?>> selected = new ArrayList<>(List.of(counted.parent().as("parent")));
        List<Map<UUID, Object>> results = new ArrayList<>();
        for (ActiveRollUp one : several) {
            Condition filter = alone || one.filter() == null ? null : filter(one, counted);
            selected.add(result(tx, one, counted.columns(), filter).as("result" + results.size()));
            results.add(new HashMap<>());
        }
        counted.begin(tx)
                .select(selected)
                .from(counted.from())
                .where(alone ? counted.where().and(filter(several.getFirst(), counted)) : counted.where())
                .groupBy(counted.parent())
                .forEach(row -> {
                    for (int i = 0; i < results.size(); i++) {
                        Object value = row.get(i + 1);
                        if (value != null) {
                            results.get(i).put(row.get(0, UUID.class), value);
                        }
                    }
                });
        return results;
    }

    private static Field<UUID> reference(RecordColumns columns, FieldDefinition lookup) {
        return columns.field(lookup).coerce(UUID.class);
    }

    private static Field<?> result(
            WriteTransaction tx, ActiveRollUp one, RecordColumns columns, @Nullable Condition filter) {
        if (one.source() == null) {
            return filtered(DSL.count(), filter).cast(SQLDataType.BIGINT);
        }
        FieldDefinition source = one.source();
        Field<?> column = one.exchange() == null ? columns.field(source) : Exchanges.amount(tx, one, columns);
        return switch (one.function()) {
            case COUNT -> filtered(DSL.count(column), filter).cast(SQLDataType.BIGINT);
            case SUM ->
                filtered(DSL.sum(column.coerce(SQLDataType.BIGINT)), filter).cast(SQLDataType.BIGINT);
            case AVG -> {
                int places = one.exchange() == null ? one.result().scale() - source.scale() : 0;
                BigDecimal factor = BigDecimal.ONE.movePointRight(places);
                Field<BigDecimal> average = filtered(DSL.avg(column.coerce(SQLDataType.BIGINT)), filter);
                yield DSL.round(average.mul(DSL.inline(factor))).cast(SQLDataType.BIGINT);
            }
            case MIN -> filtered(DSL.min(column), filter);
            case MAX -> filtered(DSL.max(column), filter);
            case FIRST -> outermost(one, columns, column, filter, false);
            case LAST -> outermost(one, columns, column, filter, true);
        };
    }

    private static <T> Field<T> filtered(AggregateFunction<T> all, @Nullable Condition filter) {
        return filter == null ? all : all.filterWhere(filter);
    }

    private static <T> Field<T> outermost(
            ActiveRollUp one, RecordColumns columns, Field<T> column, @Nullable Condition filter, boolean last) {
        Field<?> order = columns.field(Objects.requireNonNull(one.order()));
        SortField<?> by = last ? order.desc().nullsLast() : order.asc().nullsLast();
        SortField<UUID> tie = last ? columns.id().desc() : columns.id().asc();
        AggregateFilterStep<T[]> all = DSL.arrayAgg(column).orderBy(by, tie);
        Condition known = column.isNotNull();
        return DSL.arrayGet(all.filterWhere(filter == null ? known : known.and(filter)), 1);
    }
}
