package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Computes figures in the database. Decimals are summed up as the whole numbers they are stored as, so exactly.
final class GroupStatement {

    private final Aggregation aggregation;
    private final Locale locale;
    private final Source source;
    private final ValueCompiler values;
    private final Condition condition;
    private final List<Field<?>> keys = new ArrayList<>();
    private final List<Field<?>> figures = new ArrayList<>();

    GroupStatement(Aggregation aggregation, CallContext context) {
        this.aggregation = aggregation;
        this.locale = context.locale();
        this.source = new Source(aggregation.selection().entity(), context.tenant());
        SelectionCompiler selection = new SelectionCompiler(source);
        this.values = selection.values();
        this.condition = selection.condition(aggregation.selection());
        aggregation.keys().forEach(path -> keys.add(values.stored(path)));
        aggregation.measures().forEach(measure -> figures.add(figure(measure)));
    }

    Groups fetch(DSLContext sql) {
        List<Field<?>> columns = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            columns.add(keys.get(i).as("g" + i));
        }
        for (int i = 0; i < figures.size(); i++) {
            columns.add(figures.get(i).as("m" + i));
        }
        var grouped = sql.select(columns).from(source.from()).where(condition);
        var rows = keys.isEmpty()
                ? grouped.fetch()
                : grouped.groupBy(keys)
                        .orderBy(orderBy())
                        .limit(aggregation.limit() + 1)
                        .fetch();
        boolean complete = rows.size() <= aggregation.limit();
        return new Groups(
                rows.stream().limit(aggregation.limit()).map(this::group).toList(), complete);
    }

    private Field<?> figure(Aggregation.Measure measure) {
        return switch (measure.method()) {
            case COUNT -> DSL.count();
            case COUNT_DISTINCT -> DSL.countDistinct(comparable(measure.value()));
            case SUM -> DSL.sum(summable(measure.value()));
            case AVERAGE -> DSL.avg(summable(measure.value())).cast(SQLDataType.NUMERIC);
            case MIN -> DSL.min(comparable(measure.value()));
            case MAX -> DSL.max(comparable(measure.value()));
        };
    }

    private Field<? extends Number> summable(Value value) {
        return value instanceof Value.Path path ? values.stored(path).coerce(SQLDataType.BIGINT) : values.number(value);
    }

    private Field<?> comparable(Value value) {
        return value instanceof Value.Path path ? values.stored(path) : values.number(value);
    }

    private List<SortField<?>> orderBy() {
        List<SortField<?>> fields = new ArrayList<>();
        for (Aggregation.Order order : aggregation.order()) {
            Field<?> field = switch (order) {
                case Aggregation.Order.ByKey by -> ordered(by.key());
                case Aggregation.Order.ByMeasure by -> figures.get(by.measure());
            };
            fields.add((order.descending() ? field.desc() : field.asc()).nullsLast());
        }
        for (int key = 0; key < keys.size(); key++) {
            fields.add(ordered(key).asc().nullsLast());
        }
        return fields;
    }

    private Field<?> ordered(int key) {
        return aggregation.keys().get(key).property().readByPeople()
                ? Texts.ordered(keys.get(key).coerce(SQLDataType.CLOB), locale)
                : keys.get(key);
    }

    private Groups.Group group(Record row) {
        List<@Nullable Object> shownKeys = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Value.Path path = aggregation.keys().get(i);
            shownKeys.add(value(path.kind(), path.property().scale(), row.get("g" + i)));
        }
        List<@Nullable Object> shownFigures = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            shownFigures.add(figure(aggregation.measures().get(i), row.get("m" + i)));
        }
        return new Groups.Group(shownKeys, shownFigures);
    }

    private static @Nullable Object figure(Aggregation.Measure measure, @Nullable Object computed) {
        int scale = measure.value() instanceof Value.Path path ? path.property().scale() : 0;
        return switch (measure.method()) {
            case COUNT, COUNT_DISTINCT -> computed instanceof Number number ? number.longValue() : computed;
            case SUM, AVERAGE -> computed instanceof BigDecimal sum ? plain(sum.movePointLeft(scale)) : computed;
            case MIN, MAX -> value(measure.value().kind(), scale, computed);
        };
    }

    private static @Nullable Object value(ValueKind kind, int scale, @Nullable Object stored) {
        if (stored instanceof OffsetDateTime moment) {
            return moment.toInstant();
        }
        if (!(stored instanceof Long number)) {
            return stored;
        }
        return switch (kind) {
            case DECIMAL -> BigDecimal.valueOf(number, scale);
            case BOOLEAN -> number != 0;
            default -> number;
        };
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
