package io.relata.core.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Turns filters into SQL conditions.
///
/// Two forms: [#matches(Filter)] may say unknown for false, which lets indexes work; [#exact(Filter)] says unknown only
/// where the filter does, which is needed below a `not` and where a condition is compared.
final class FilterCompiler {

    private final ValueCompiler values;

    FilterCompiler(ValueCompiler values) {
        this.values = values;
    }

    Condition matches(Filter filter) {
        return switch (filter) {
            case Filter.And and ->
                DSL.and(and.parts().stream().map(this::matches).toList());
            case Filter.Or or -> DSL.or(or.parts().stream().map(this::matches).toList());
            case Filter.Not not -> DSL.not(exact(not.part()));
            case Filter.Compare compare -> compare(compare);
            case Filter.In in -> in(in);
            case Filter.Match match -> match(match);
            case Filter.Fits fits -> fits(fits);
            case Filter.Has has -> has(has);
            case Filter.Only only -> only(only);
            case Filter.Within within -> within(within);
            case Filter.Holds holds -> holds(holds.value());
            case Filter.Some some -> values.some(some.members(), some.condition());
            case Filter.Every every -> values.every(every.members(), every.condition());
            case Filter.Best best -> values.best(best.among(), best.ranking());
            case Filter.Standing standing -> values.standing(standing);
        };
    }

    Condition exact(Filter filter) {
        return switch (filter) {
            case Filter.And and -> DSL.and(and.parts().stream().map(this::exact).toList());
            case Filter.Or or -> DSL.or(or.parts().stream().map(this::exact).toList());
            case Filter.Not not -> DSL.not(exact(not.part()));
            case Filter.Compare compare -> known(compare(compare));
            case Filter.In in -> known(in(in));
            case Filter.Match match -> match(match);
            case Filter.Fits fits -> fits(fits);
            case Filter.Has has -> has(has);
            case Filter.Only only -> only(only);
            case Filter.Within within -> within(within);
            case Filter.Holds holds -> holds(holds.value());
            case Filter.Some some -> values.some(some.members(), some.condition());
            case Filter.Every every -> values.every(every.members(), every.condition());
            case Filter.Best best -> values.best(best.among(), best.ranking());
            case Filter.Standing standing -> values.standing(standing);
        };
    }

    private static Condition known(Condition condition) {
        return DSL.condition("({0}) is true", DSL.field(condition));
    }

    private Condition compare(Filter.Compare compare) {
        Value left = compare.left();
        Value right = compare.right();
        if (left.equals(Value.Literal.NULL)) {
            return withNull(right, compare.operator());
        }
        if (right.equals(Value.Literal.NULL)) {
            return withNull(left, compare.operator());
        }
        if (left instanceof Value.Literal && !(right instanceof Value.Literal)) {
            return ofKind(right, compare.operator().mirrored(), left);
        }
        return ofKind(left, compare.operator(), right);
    }

    private Condition withNull(Value value, Filter.Operator operator) {
        return switch (operator) {
            case EQUAL ->
                value.equals(Value.Literal.NULL)
                        ? DSL.trueCondition()
                        : values.field(value).isNull();
            case NOT_EQUAL ->
                value.equals(Value.Literal.NULL)
                        ? DSL.falseCondition()
                        : values.field(value).isNotNull();
            case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> DSL.falseCondition();
        };
    }

    private Condition ofKind(Value left, Filter.Operator operator, Value right) {
        boolean constant = right instanceof Value.Literal;
        return switch (left.kind()) {
            case STRING -> relate(values.text(left), operator, values.text(right), constant);
            case INTEGER, DECIMAL -> numbers(left, operator, right);
            case BOOLEAN -> truths(left, operator, right);
            case DATE -> relate(values.date(left), operator, values.date(right), constant);
            case INSTANT -> relate(values.instant(left), operator, values.instant(right), constant);
            case UUID -> relate(values.uuid(left), operator, values.uuid(right), constant);
            case LIST, POINT, OBJECT, SECRET -> throw noComparison();
        };
    }

    /// A property against a constant stays in the stored form, so that its index serves.
    private Condition numbers(Value left, Filter.Operator operator, Value right) {
        if (left instanceof Value.Path path && right instanceof Value.Literal literal) {
            Field<Long> stored = values.stored(path).coerce(SQLDataType.BIGINT);
            BigDecimal bound = ValueCompiler.unscaled(literal, path.property().scale());
            return fitsLong(bound)
                    ? relate(stored, operator, DSL.val(bound.longValueExact(), SQLDataType.BIGINT), true)
                    : relate(stored.cast(SQLDataType.NUMERIC), operator, DSL.val(bound, SQLDataType.NUMERIC), true);
        }
        Condition exact = relate(values.number(left), operator, values.number(right), right instanceof Value.Literal);
        return Near.of(left, operator, right)
                .map(near -> near.around(values.stored(near.point())).and(exact))
                .orElse(exact);
    }

    private Condition within(Filter.Within within) {
        return within.box().holds(values.stored(within.point()).coerce(SQLDataType.BIGINT));
    }

    private Condition truths(Value left, Filter.Operator operator, Value right) {
        if (left instanceof Value.Path path && right instanceof Value.Literal literal) {
            Long bound = Boolean.TRUE.equals(literal.value()) ? 1L : 0L;
            return relate(values.stored(path).coerce(SQLDataType.BIGINT), operator, DSL.val(bound), true);
        }
        return relate(truth(left), operator, truth(right), right instanceof Value.Literal);
    }

    /// @param constant whether the right side cannot be empty
    private static <T> Condition relate(Field<T> left, Filter.Operator operator, Field<T> right, boolean constant) {
        return switch (operator) {
            case EQUAL -> constant ? left.eq(right) : left.isNotDistinctFrom(right);
            case NOT_EQUAL -> left.isDistinctFrom(right);
            case GREATER -> left.gt(right);
            case GREATER_OR_EQUAL -> left.ge(right);
            case LESS -> left.lt(right);
            case LESS_OR_EQUAL -> left.le(right);
        };
    }

    private Condition in(Filter.In in) {
        List<Value.Literal> choices = in.choices();
        if (in.value() instanceof Value.Path path && choices.stream().noneMatch(Value.Literal.NULL::equals)) {
            return oneOf(path, choices);
        }
        return matches(new Filter.Or(choices.stream()
                .<Filter>map(choice -> new Filter.Compare(in.value(), Filter.Operator.EQUAL, choice))
                .toList()));
    }

    /// One bound array, whatever the number of choices.
    private Condition oneOf(Value.Path path, List<Value.Literal> choices) {
        Field<?> stored = values.stored(path);
        Object[] bound = choices.stream()
                .map(choice -> storedForm(path, choice))
                .filter(Objects::nonNull)
                .toArray();
        return switch (path.kind()) {
            case INTEGER, DECIMAL, BOOLEAN -> any(stored.coerce(SQLDataType.BIGINT), bound);
            case STRING -> any(stored.coerce(SQLDataType.CLOB), bound);
            case DATE -> any(stored.coerce(SQLDataType.LOCALDATE), bound);
            case INSTANT -> any(stored.coerce(SQLDataType.TIMESTAMPWITHTIMEZONE), bound);
            case UUID -> any(stored.coerce(SQLDataType.UUID), bound);
            case LIST, POINT, OBJECT, SECRET -> throw noComparison();
        };
    }

    private static <T> Condition any(Field<T> stored, Object[] bound) {
        return stored.eq(DSL.any(DSL.val(bound, stored.getDataType().array())
                .coerce(stored.getDataType().array())));
    }

    /// Returns what a slot would hold for the literal; `null` when none can.
    private static @Nullable Object storedForm(Value.Path path, Value.Literal literal) {
        return switch (path.kind()) {
            case INTEGER, DECIMAL -> {
                BigDecimal bound =
                        ValueCompiler.unscaled(literal, path.property().scale());
                yield fitsLong(bound) ? bound.longValueExact() : null;
            }
            case BOOLEAN -> Boolean.TRUE.equals(literal.value()) ? 1L : 0L;
            case INSTANT -> ((Instant) Objects.requireNonNull(literal.value())).atOffset(ZoneOffset.UTC);
            case STRING, DATE, UUID, LIST, POINT, OBJECT, SECRET -> literal.value();
        };
    }

    /// An empty list is not stored, and has none of the texts. Which records have one, an index says; a list that is
    /// not a field of a record is looked into.
    private Condition has(Filter.Has has) {
        Field<JSONB> list = values.stored(has.list()).coerce(SQLDataType.JSONB);
        if (has.texts().isEmpty()) {
            return list.isNotNull();
        }
        return values.having(has.list(), has.texts())
                .orElseGet(
                        () -> DSL.condition("coalesce(jsonb_exists_any({0}, {1}), false)", list, texts(has.texts())));
    }

    /// Of an empty list, every item is whatever is asked.
    private Condition only(Filter.Only only) {
        Field<JSONB> list = values.stored(only.list()).coerce(SQLDataType.JSONB);
        return DSL.condition("coalesce({0} <@ to_jsonb({1}), true)", list, texts(only.texts()));
    }

    private static Field<String[]> texts(List<String> texts) {
        return DSL.val(texts.toArray(String[]::new), SQLDataType.CLOB.array());
    }

    private static IllegalArgumentException noComparison() {
        return new IllegalArgumentException("Only what is one thing is compared");
    }

    private Condition match(Filter.Match match) {
        Field<String> text = Texts.lower(values.text(match.text()));
        Field<String> part = Texts.lower(values.text(match.part()));
        return switch (match.place()) {
            case ANYWHERE -> DSL.position(text, part).gt(DSL.inline(0));
            case START -> DSL.left(text, DSL.charLength(part)).eq(part);
            case END -> DSL.right(text, DSL.charLength(part)).eq(part);
        };
    }

    private Condition fits(Filter.Fits fits) {
        return DSL.condition("{0} ~ {1}", values.text(fits.text()), DSL.val(fits.pattern(), SQLDataType.CLOB));
    }

    private Condition holds(Value value) {
        return switch (value) {
            case Value.Path path ->
                values.stored(path).coerce(SQLDataType.BIGINT).eq(DSL.inline(1L));
            case Value.Truth truth -> exact(truth.filter());
            case Value.Choice choice -> DSL.condition(values.choice(choice, branch -> truth(branch)));
            case Value.Literal literal -> DSL.condition(DSL.val((Boolean) literal.value(), SQLDataType.BOOLEAN));
            case Value.Call call -> throw new IllegalArgumentException("Not a truth: " + call);
            case Value.Count count -> throw new IllegalArgumentException("Not a truth: " + count);
        };
    }

    private Field<Boolean> truth(Value value) {
        return DSL.field(holds(value));
    }

    private static boolean fitsLong(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18;
    }
}
