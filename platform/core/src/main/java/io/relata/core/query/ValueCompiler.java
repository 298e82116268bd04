package io.relata.core.query;

import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.ValueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.CaseConditionStep;
import org.jooq.Condition;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Turns values into SQL, one method for each type that SQL compares.
final class ValueCompiler {

    private static final String WHITESPACE = " \t\n\r\f\u000b";

    private final Columns columns;

    ValueCompiler(Columns columns) {
        this.columns = columns;
    }

    /// Returns the property as it is stored: decimals unscaled, booleans as 0 and 1.
    Field<?> stored(Value.Path path) {
        return columns.column(path);
    }

    /// Returns the condition that the list has one of the texts; nothing when no index says so.
    Optional<Condition> having(Value.Path list, List<String> texts) {
        return columns.having(list, texts);
    }

    /// Returns the value in the form that is stored: what is calculated has its decimal point, what is stored has none.
    Field<?> field(Value value) {
        return switch (value) {
            case Value.Path path -> stored(path);
            case Value.Truth truth -> DSL.field(new FilterCompiler(this).exact(truth.filter()));
            case Value.Literal literal -> DSL.val(literal.value());
            case Value.Count count -> count(count);
            case Value.Call call -> computed(call);
            case Value.Choice choice -> computed(choice);
        };
    }

    private Field<?> computed(Value value) {
        return switch (value.kind()) {
            case STRING -> text(value);
            case INTEGER, DECIMAL -> number(value);
            case DATE -> date(value);
            case INSTANT -> instant(value);
            case UUID -> uuid(value);
            case BOOLEAN -> DSL.field(new FilterCompiler(this).exact(new Filter.Holds(value)));
            case LIST, POINT, OBJECT, SECRET -> throw mismatch(value);
        };
    }

    /// Makes a value of one type.
    @FunctionalInterface
    interface Part<T> {
        Field<T> of(Value value);
    }

    /// Returns the value of the first branch whose condition holds.
    ///
    /// @param compile makes the branches' values
    <T> Field<T> choice(Value.Choice choice, Part<T> compile) {
        FilterCompiler filters = new FilterCompiler(this);
        CaseConditionStep<T> cases = null;
        for (Value.Choice.Branch branch : choice.branches()) {
            Condition condition = filters.matches(branch.condition());
            Field<T> value =
                    branch.value().equals(Value.Literal.NULL) ? DSL.inline((T) null) : compile.of(branch.value());
            cases = cases == null ? DSL.when(condition, value) : cases.when(condition, value);
        }
        return Objects.requireNonNull(cases);
    }

    /// Returns the condition that the record is one of the first.
    Condition best(Query.Selection among, Ranking ranking) {
        return columns.best(among, ranking);
    }

    /// Returns the condition that the record stands there in its hierarchy.
    Condition standing(Filter.Standing standing) {
        return columns.standing(standing);
    }

    /// Returns the condition that some member matches.
    Condition some(Members members, @Nullable Filter condition) {
        Source inner = columns.members(members);
        Condition matching = matching(inner, members, condition);
        return DSL.exists(DSL.selectOne().from(inner.from()).where(matching));
    }

    /// Returns the condition that no member fails to match.
    Condition every(Members members, Filter condition) {
        Source inner = columns.members(members);
        Condition matches = new FilterCompiler(new ValueCompiler(inner)).matches(condition);
        Condition failing = inner.pointing(members).and(DSL.condition("({0}) is not true", DSL.field(matches)));
        return DSL.notExists(DSL.selectOne().from(inner.from()).where(failing));
    }

    /// Returns how many members match.
    Field<Long> count(Value.Count count) {
        Source inner = columns.members(count.members());
        Condition matching = matching(inner, count.members(), count.condition());
        return DSL.field(DSL.select(DSL.count().cast(SQLDataType.BIGINT))
                .from(inner.from())
                .where(matching));
    }

    private static Condition matching(Source inner, Members members, @Nullable Filter condition) {
        Condition pointing = inner.pointing(members);
        return condition == null
                ? pointing
                : pointing.and(new FilterCompiler(new ValueCompiler(inner)).matches(condition));
    }

    Field<String> text(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((String) literal.value(), SQLDataType.CLOB);
            case Value.Path path -> stored(path).coerce(SQLDataType.CLOB);
            case Value.Call call -> textCall(call.function(), call.arguments());
            case Value.Choice choice -> choice(choice, this::text);
            case Value.Truth truth -> throw mismatch(truth);
            case Value.Count count -> throw mismatch(count);
        };
    }

    private Field<String> textCall(Function function, List<Value> arguments) {
        Value first = arguments.getFirst();
        return switch (function) {
            case LOWER -> Texts.lower(text(first));
            case UPPER -> Texts.upper(text(first));
            case TRIM -> DSL.trim(text(first), DSL.inline(WHITESPACE));
            case CONCAT -> DSL.concat(text(first), text(arguments.get(1)));
            case SUBSTRING -> substring(text(first), arguments);
            case TIME -> Conversions.timeOf(instant(first));
            case AS_TEXT -> asText(first);
            default -> throw new IllegalArgumentException("Not a text: " + function);
        };
    }

    private Field<String> asText(Value value) {
        return switch (value.kind()) {
            case STRING -> text(value);
            case INTEGER, DECIMAL -> Conversions.ofNumber(number(value));
            case DATE -> Conversions.ofDate(date(value));
            case INSTANT -> Conversions.ofInstant(instant(value));
            case UUID -> Conversions.ofUuid(uuid(value));
            case BOOLEAN -> Conversions.ofTruth(DSL.field(new FilterCompiler(this).exact(new Filter.Holds(value))));
            case LIST, POINT, OBJECT, SECRET -> throw mismatch(value);
        };
    }

    private Field<String> substring(Field<String> text, List<Value> arguments) {
        Field<Integer> start =
                DSL.greatest(whole(arguments.get(1)), DSL.inline(0)).plus(DSL.inline(1));
        return arguments.size() == 2
                ? DSL.substring(text, start)
                : DSL.substring(text, start, DSL.greatest(whole(arguments.get(2)), DSL.inline(0)));
    }

    private Field<Integer> whole(Value value) {
        return number(value).cast(SQLDataType.INTEGER);
    }

    Field<BigDecimal> number(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val(decimal(literal)).cast(SQLDataType.NUMERIC);
            case Value.Path path ->
                scaled(stored(path).coerce(SQLDataType.BIGINT), path.property().scale());
            case Value.Call call -> numberCall(call.function(), call.arguments());
            case Value.Choice choice -> choice(choice, this::number);
            case Value.Count count -> count(count).cast(SQLDataType.NUMERIC);
            case Value.Truth truth -> throw mismatch(truth);
        };
    }

    private Field<BigDecimal> numberCall(Function function, List<Value> arguments) {
        Value first = arguments.getFirst();
        return switch (function) {
            case LENGTH -> DSL.charLength(text(first)).cast(SQLDataType.NUMERIC);
            case INDEX_OF ->
                DSL.position(text(first), text(arguments.get(1)))
                        .minus(DSL.inline(1))
                        .cast(SQLDataType.NUMERIC);
            case YEAR -> part(first, DatePart.YEAR);
            case MONTH -> part(first, DatePart.MONTH);
            case DAY -> part(first, DatePart.DAY);
            case HOUR -> part(first, DatePart.HOUR);
            case MINUTE -> part(first, DatePart.MINUTE);
            case SECOND -> part(first, DatePart.SECOND);
            case FRACTION_OF_SECOND -> fractionOfSecond(first);
            case ROUND -> DSL.round(number(first));
            case FLOOR -> DSL.floor(number(first));
            case CEILING -> DSL.ceil(number(first));
            case NEGATE -> number(first).neg();
            case OFFSET -> DSL.when(instant(first).isNotNull(), DSL.inline(BigDecimal.ZERO));
            case SECONDS_BETWEEN -> secondsBetween(first, arguments.get(1));
            case AS_NUMBER -> Conversions.number(text(first));
            case AS_WHOLE ->
                DSL.round(first.kind() == ValueKind.STRING ? Conversions.number(text(first)) : number(first));
            case DISTANCE -> millimetres(arguments).cast(SQLDataType.NUMERIC).div(DSL.inline(BigDecimal.valueOf(1000)));
            default -> arithmetic(function, arguments);
        };
    }

    /// Returns how far two points are from each other, as a whole number.
    Field<Long> millimetres(List<Value> points) {
        return DSL.field(
                "relata.geo_distance({0}, {1})", SQLDataType.BIGINT, point(points.getFirst()), point(points.getLast()));
    }

    private Field<Long> point(Value value) {
        if (value instanceof Value.Literal literal && literal.value() instanceof GeoPoint point) {
            return DSL.val(point.code(), SQLDataType.BIGINT);
        }
        if (value instanceof Value.Path path) {
            return stored(path).coerce(SQLDataType.BIGINT);
        }
        throw mismatch(value);
    }

    private Field<BigDecimal> arithmetic(Function function, List<Value> arguments) {
        Field<BigDecimal> left = number(arguments.get(0));
        Field<BigDecimal> right = number(arguments.get(1));
        return switch (function) {
            case ADD -> left.plus(right);
            case SUBTRACT -> left.minus(right);
            case MULTIPLY -> left.mul(right);
            case MODULO -> left.mod(DSL.nullif(right, DSL.inline(BigDecimal.ZERO)));
            case DIVIDE_EXACTLY -> left.div(DSL.nullif(right, DSL.inline(BigDecimal.ZERO)));
            case DIVIDE -> {
                Field<BigDecimal> quotient = left.div(DSL.nullif(right, DSL.inline(BigDecimal.ZERO)));
                yield function.result(arguments) == ValueKind.INTEGER ? DSL.trunc(quotient, DSL.inline(0)) : quotient;
            }
            default -> throw new IllegalArgumentException("Not a number: " + function);
        };
    }

    private Field<BigDecimal> part(Value value, DatePart part) {
        Field<?> moment = value.kind() == ValueKind.DATE ? date(value) : utc(value);
        return DSL.floor(DSL.extract(moment, part).cast(SQLDataType.NUMERIC));
    }

    private Field<BigDecimal> secondsBetween(Value later, Value earlier) {
        return later.kind() == ValueKind.DATE
                ? DSL.field("(({0} - {1}) * 86400.0)", SQLDataType.NUMERIC, date(later), date(earlier))
                : DSL.field("extract(epoch from ({0} - {1}))", SQLDataType.NUMERIC, instant(later), instant(earlier));
    }

    private Field<BigDecimal> fractionOfSecond(Value value) {
        Field<BigDecimal> seconds = DSL.extract(utc(value), DatePart.SECOND).cast(SQLDataType.NUMERIC);
        return seconds.minus(DSL.floor(seconds));
    }

    Field<LocalDate> date(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((LocalDate) literal.value(), SQLDataType.LOCALDATE);
            case Value.Path path -> stored(path).coerce(SQLDataType.LOCALDATE);
            case Value.Call call -> dateCall(call.function(), call.arguments());
            case Value.Choice choice -> choice(choice, this::date);
            case Value.Truth truth -> throw mismatch(truth);
            case Value.Count count -> throw mismatch(count);
        };
    }

    private Field<LocalDate> dateCall(Function function, List<Value> arguments) {
        Value first = arguments.getFirst();
        return switch (function) {
            case DAYS_LATER -> DSL.field("({0} + {1})", SQLDataType.LOCALDATE, date(first), whole(arguments.get(1)));
            case AS_DATE -> Conversions.date(text(first));
            default -> utc(first).cast(SQLDataType.LOCALDATE);
        };
    }

    private Field<OffsetDateTime> instantCall(Function function, List<Value> arguments) {
        if (function == Function.AS_INSTANT) {
            return Conversions.instant(text(arguments.getFirst()));
        }
        return DSL.field(
                "({0} + {1} * interval '1 microsecond')",
                SQLDataType.TIMESTAMPWITHTIMEZONE,
                instant(arguments.getFirst()),
                number(arguments.get(1)).cast(SQLDataType.BIGINT));
    }

    private Field<LocalDateTime> utc(Value value) {
        return DSL.field("{0} at time zone 'UTC'", SQLDataType.LOCALDATETIME, instant(value));
    }

    Field<OffsetDateTime> instant(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val(bound(literal), SQLDataType.TIMESTAMPWITHTIMEZONE);
            case Value.Path path -> stored(path).coerce(SQLDataType.TIMESTAMPWITHTIMEZONE);
            case Value.Call call -> instantCall(call.function(), call.arguments());
            case Value.Choice choice -> choice(choice, this::instant);
            case Value.Truth truth -> throw mismatch(truth);
            case Value.Count count -> throw mismatch(count);
        };
    }

    Field<UUID> uuid(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((UUID) literal.value(), SQLDataType.UUID);
            case Value.Path path -> stored(path).coerce(SQLDataType.UUID);
            case Value.Call call -> Conversions.uuid(text(call.arguments().getFirst()));
            case Value.Choice choice -> choice(choice, this::uuid);
            case Value.Truth truth -> throw mismatch(truth);
            case Value.Count count -> throw mismatch(count);
        };
    }

    /// Returns the literal's number as it would be stored at the scale; it need not be whole.
    static BigDecimal unscaled(Value.Literal literal, int scale) {
        return decimal(literal).movePointRight(scale);
    }

    private static BigDecimal decimal(Value.Literal literal) {
        if (literal.value() instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        if (literal.value() instanceof BigDecimal decimal) {
            return decimal;
        }
        throw mismatch(literal);
    }

    private static OffsetDateTime bound(Value.Literal literal) {
        if (literal.value() instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        throw mismatch(literal);
    }

    private static Field<BigDecimal> scaled(Field<Long> stored, int scale) {
        Field<BigDecimal> number = stored.cast(SQLDataType.NUMERIC);
        return scale == 0 ? number : number.mul(DSL.inline(new BigDecimal(BigInteger.ONE, scale)));
    }

    private static IllegalArgumentException mismatch(Value value) {
        return new IllegalArgumentException("No such type of value: " + value);
    }
}
