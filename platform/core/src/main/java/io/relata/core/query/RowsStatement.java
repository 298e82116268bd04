package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.metadata.ValueKind;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Computes rows in the database, each step on what the one before gave. Decimals are summed up as the whole numbers
/// they are stored as, so exactly.
final class RowsStatement {

    private final DSLContext sql;
    private final CallContext context;
    private final Locale locale;
    private int tables;

    RowsStatement(DSLContext sql, CallContext context) {
        this.sql = sql;
        this.context = context;
        this.locale = context.locale();
    }

    Figures fetch(Rows rows, int limit) {
        List<Rows.Column> columns = rows.columns();
        Rows ordered = rows instanceof Rows.Slice ? rows : new Rows.Slice(rows, List.of(), 0, limit + 1);
        List<? extends Record> found = sql.fetch(select(ordered));
        boolean complete = found.size() <= limit;
        return new Figures(
                columns,
                found.stream().limit(limit).map(row -> values(columns, row)).toList(),
                complete);
    }

    long count(Rows rows) {
        return sql.fetchSingle(DSL.select(DSL.count()).from(table(rows).from())).value1();
    }

    private Select<?> select(Rows rows) {
        return switch (rows) {
            case Rows.OfRecords groups -> records(groups);
            case Rows.Grouped groups -> grouped(groups);
            case Rows.Matching matching -> matching(matching);
            case Rows.Best best -> best(best);
            case Rows.Computed computed -> computed(computed);
            case Rows.Slice slice -> slice(slice);
        };
    }

    private Select<?> records(Rows.OfRecords groups) {
        Source source = new Source(groups.records().entity(), context, CallerAccess.of(sql, context));
        SelectionCompiler selection = new SelectionCompiler(source);
        Condition condition =
                selection.condition(groups.records(), SelectionCompiler.plan(sql, context, groups.records()));
        List<Field<?>> fields = fields(groups.columns(), groups.keys(), groups.measures(), selection.values());
        var grouped = DSL.select(fields).from(source.from()).where(condition);
        return groups.keys().isEmpty()
                ? grouped
                : grouped.groupBy(places(groups.keys().size()));
    }

    private Select<?> grouped(Rows.Grouped groups) {
        RowsTable table = table(groups.rows());
        List<Field<?>> fields = fields(groups.columns(), groups.keys(), groups.measures(), new ValueCompiler(table));
        var grouped = DSL.select(fields).from(table.from());
        return groups.keys().isEmpty()
                ? grouped
                : grouped.groupBy(places(groups.keys().size()));
    }

    private static List<Field<?>> fields(
            List<Rows.Column> columns, List<Rows.Named> keys, List<Rows.Measure> measures, ValueCompiler values) {
        List<Field<?>> fields = new ArrayList<>();
        for (Rows.Named key : keys) {
            fields.add(values.field(key.value())
                    .as(columns.get(fields.size()).property().name()));
        }
        for (Rows.Measure measure : measures) {
            fields.add(figure(measure, values)
                    .as(columns.get(fields.size()).property().name()));
        }
        return fields;
    }

    /// Keys are named by their places: an expression with values to bind is not the same twice.
    private static List<Field<Integer>> places(int keys) {
        List<Field<Integer>> places = new ArrayList<>();
        for (int place = 1; place <= keys; place++) {
            places.add(DSL.inline(place));
        }
        return places;
    }

    private static Field<?> figure(Rows.Measure measure, ValueCompiler values) {
        return switch (measure.method()) {
            case COUNT -> DSL.count().cast(SQLDataType.BIGINT);
            case COUNT_DISTINCT ->
                DSL.countDistinct(values.field(measure.value())).cast(SQLDataType.BIGINT);
            case SUM -> DSL.sum(summable(measure.value(), values));
            case AVERAGE -> DSL.avg(summable(measure.value(), values)).cast(SQLDataType.NUMERIC);
            case MIN -> DSL.min(values.field(measure.value()));
            case MAX -> DSL.max(values.field(measure.value()));
        };
    }

    private static Field<? extends Number> summable(Value value, ValueCompiler values) {
        return value instanceof Value.Path path ? values.stored(path).coerce(SQLDataType.BIGINT) : values.number(value);
    }

    private Select<?> matching(Rows.Matching matching) {
        RowsTable table = table(matching.rows());
        Condition condition = new FilterCompiler(new ValueCompiler(table)).matches(matching.filter());
        return DSL.select(table.all()).from(table.from()).where(condition);
    }

    private Select<?> computed(Rows.Computed computed) {
        RowsTable table = table(computed.rows());
        ValueCompiler values = new ValueCompiler(table);
        List<Field<?>> fields = new ArrayList<>(table.all());
        for (Rows.Named further : computed.further()) {
            String name = computed.columns().get(fields.size()).property().name();
            fields.add(values.field(further.value()).as(name));
        }
        return DSL.select(fields).from(table.from());
    }

    private Select<?> best(Rows.Best best) {
        RowsTable table = table(best.rows());
        Field<?> by = new ValueCompiler(table).field(best.ranking().by());
        return Rankings.select(
                best.ranking(),
                by,
                Rows.scale(best.ranking().by()),
                table.all(),
                table.all(),
                table.from(),
                DSL.noCondition());
    }

    private Select<?> slice(Rows.Slice slice) {
        RowsTable table = table(slice.rows());
        List<SortField<?>> order = new ArrayList<>();
        for (Rows.Order level : slice.order()) {
            Field<?> field = ordered(level.by().property(), table.column(level.by()));
            order.add((level.descending() ? field.desc() : field.asc()).nullsLast());
        }
        for (Rows.Column column : slice.columns()) {
            order.add(ordered(column.property(), table.column(column.value()))
                    .asc()
                    .nullsLast());
        }
        return DSL.select(table.all())
                .from(table.from())
                .orderBy(order)
                .limit(slice.limit())
                .offset(slice.skip());
    }

    private Field<?> ordered(Property property, Field<?> field) {
        return property.readByPeople() ? Texts.ordered(field.coerce(SQLDataType.CLOB), locale) : field;
    }

    private RowsTable table(Rows rows) {
        tables++;
        return new RowsTable(select(rows).asTable(DSL.name("q" + tables)), rows.columns());
    }

    /// Computed rows as something to compute from.
    private record RowsTable(Table<?> from, List<Rows.Column> columns) implements Columns {

        @Override
        public Field<?> column(Value.Path path) {
            return column(path.property());
        }

        @Override
        public Optional<Condition> having(Value.Path list, List<String> texts) {
            return Optional.empty();
        }

        @Override
        public Source members(Members members) {
            throw new IllegalArgumentException("Computed rows have no collections: " + members);
        }

        @Override
        public Condition best(Query.Selection among, Ranking ranking) {
            throw new IllegalArgumentException("Computed rows are no records: " + ranking);
        }

        @Override
        public Condition standing(Filter.Standing standing) {
            throw new IllegalArgumentException("Computed rows are no records: " + standing);
        }

        private List<Field<?>> all() {
            List<Field<?>> all = new ArrayList<>();
            columns.forEach(column -> all.add(column(column.property())));
            return all;
        }

        private Field<?> column(Property property) {
            return DSL.field(from.getQualifiedName().append(DSL.name(property.name())), type(property.kind()));
        }

        private static Class<?> type(ValueKind kind) {
            return switch (kind) {
                case STRING -> String.class;
                case INTEGER, DECIMAL -> BigDecimal.class;
                case BOOLEAN -> Long.class;
                case DATE -> LocalDate.class;
                case INSTANT -> OffsetDateTime.class;
                case UUID -> UUID.class;
                case LIST, OBJECT -> JSONB.class;
                case SECRET -> String.class;
                case POINT -> Long.class;
            };
        }
    }

    private static List<@Nullable Object> values(List<Rows.Column> columns, Record row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Rows.Column column : columns) {
            values.add(value(column.property(), row.get(column.property().name())));
        }
        return values;
    }

    private static @Nullable Object value(Property property, @Nullable Object computed) {
        if (computed instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        if (!(computed instanceof Number number)) {
            return computed;
        }
        BigDecimal unscaled = number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
        return switch (property.kind()) {
            case BOOLEAN -> unscaled.signum() != 0;
            case INTEGER -> unscaled.toBigIntegerExact();
            default -> plain(unscaled.movePointLeft(property.scale()));
        };
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
