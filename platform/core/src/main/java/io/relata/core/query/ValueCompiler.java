package io.relata.core.query;

import io.relata.core.metadata.ValueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DatePart;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Turns values into SQL, one method for each type that SQL compares.
final class ValueCompiler {

    private static final String WHITESPACE = " \t\n\r\f\u000b";

    private final Source source;

    ValueCompiler(Source source) {
        this.source = source;
    }

    /// Returns the property as it is stored: decimals unscaled, booleans as 0 and 1.
    Field<?> stored(Value.Path path) {
        return source.column(path);
    }

    Field<String> text(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((String) literal.value(), SQLDataType.CLOB);
            case Value.Path path -> stored(path).coerce(SQLDataType.CLOB);
            case Value.Call call -> textCall(call.function(), call.arguments());
            case Value.Truth truth -> throw mismatch(truth);
        };
    }

    private Field<String> textCall(Function function, List<Value> arguments) {
        Field<String> first = text(arguments.getFirst());
        return switch (function) {
            case LOWER -> Texts.lower(first);
            case UPPER -> Texts.upper(first);
            case TRIM -> DSL.trim(first, DSL.inline(WHITESPACE));
            case CONCAT -> DSL.concat(first, text(arguments.get(1)));
            case SUBSTRING -> substring(first, arguments);
            default -> throw new IllegalArgumentException("Not a text: " + function);
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
            case Value.Literal literal -> DSL.val(decimal(literal), SQLDataType.NUMERIC);
            case Value.Path path ->
                scaled(stored(path).coerce(SQLDataType.BIGINT), path.property().scale());
            case Value.Call call -> numberCall(call.function(), call.arguments());
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
            case ROUND -> DSL.round(number(first));
            case FLOOR -> DSL.floor(number(first));
            case CEILING -> DSL.ceil(number(first));
            case NEGATE -> number(first).neg();
            default -> arithmetic(function, arguments);
        };
    }

    private Field<BigDecimal> arithmetic(Function function, List<Value> arguments) {
        Field<BigDecimal> left = number(arguments.get(0));
        Field<BigDecimal> right = number(arguments.get(1));
        return switch (function) {
            case ADD -> left.plus(right);
            case SUBTRACT -> left.minus(right);
            case MULTIPLY -> left.mul(right);
            case MODULO -> left.mod(DSL.nullif(right, DSL.inline(BigDecimal.ZERO)));
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

    Field<LocalDate> date(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((LocalDate) literal.value(), SQLDataType.LOCALDATE);
            case Value.Path path -> stored(path).coerce(SQLDataType.LOCALDATE);
            case Value.Call call -> utc(call.arguments().getFirst()).cast(SQLDataType.LOCALDATE);
            case Value.Truth truth -> throw mismatch(truth);
        };
    }

    private Field<LocalDateTime> utc(Value value) {
        return DSL.field("{0} at time zone 'UTC'", SQLDataType.LOCALDATETIME, instant(value));
    }

    Field<OffsetDateTime> instant(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val(bound(literal), SQLDataType.TIMESTAMPWITHTIMEZONE);
            case Value.Path path -> stored(path).coerce(SQLDataType.TIMESTAMPWITHTIMEZONE);
            case Value.Call call -> throw mismatch(call);
            case Value.Truth truth -> throw mismatch(truth);
        };
    }

    Field<UUID> uuid(Value value) {
        return switch (value) {
            case Value.Literal literal -> DSL.val((UUID) literal.value(), SQLDataType.UUID);
            case Value.Path path -> stored(path).coerce(SQLDataType.UUID);
            case Value.Call call -> throw mismatch(call);
            case Value.Truth truth -> throw mismatch(truth);
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
