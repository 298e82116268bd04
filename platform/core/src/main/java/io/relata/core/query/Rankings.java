package io.relata.core.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Selects what is first by a value.
final class Rankings {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Rankings() {}

    /// @param by    the value, in its stored form
    /// @param scale how many digits of a stored one stand behind the decimal point
    /// @param shown what to select
    /// @param ties  what decides between equal values
    static Select<?> select(
            Ranking ranking,
            Field<?> by,
            int scale,
            List<Field<?>> shown,
            List<? extends Field<?>> ties,
            Table<?> from,
            Condition condition) {
        List<SortField<?>> order = new ArrayList<>();
        order.add((ranking.greatest() ? by.desc() : by.asc()).nullsLast());
        ties.forEach(field -> order.add(field.asc().nullsLast()));
        if (ranking.extent() == Ranking.Extent.COUNT) {
            return DSL.select(shown)
                    .from(from)
                    .where(condition)
                    .orderBy(order)
                    .limit(ranking.amount().intValueExact());
        }
        Field<BigDecimal> number = by.cast(SQLDataType.NUMERIC);
        Field<BigDecimal> before = DSL.coalesce(
                DSL.sum(number)
                        .over()
                        .orderBy(order)
                        .rowsBetweenUnboundedPreceding()
                        .andPreceding(1),
                DSL.inline(BigDecimal.ZERO));
        Field<BigDecimal> wanted = ranking.extent() == Ranking.Extent.SUM
                ? DSL.val(ranking.amount().movePointRight(scale)).cast(SQLDataType.NUMERIC)
                : DSL.sum(number).over().mul(DSL.val(ranking.amount().divide(HUNDRED), SQLDataType.NUMERIC));
        List<Field<?>> inner = new ArrayList<>(shown);
        inner.add(before.as("before"));
        inner.add(wanted.as("wanted"));
        inner.add(number.as("number"));
        Table<?> ranked = DSL.select(inner).from(from).where(condition).asTable(DSL.name("ranked"));
        List<Field<?>> outer = new ArrayList<>();
        shown.forEach(field -> outer.add(
                DSL.field(DSL.name("ranked", field.getUnqualifiedName().last()), field.getDataType())));
        return DSL.select(outer)
                .from(ranked)
                .where(number("before").lt(number("wanted")))
                .and(number("number").isNotNull());
    }

    private static Field<BigDecimal> number(String name) {
        return DSL.field(DSL.name("ranked", name), SQLDataType.NUMERIC);
    }
}
