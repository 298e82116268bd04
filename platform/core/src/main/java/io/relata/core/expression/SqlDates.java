package io.relata.core.expression;

import io.relata.core.expression.Node.Call;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The functions of dates and moments in SQL.
final class SqlDates {

    private final SqlExpressions expressions;
    private final Field<OffsetDateTime> now;
    private final ZoneId zone;

    SqlDates(SqlExpressions expressions, Field<OffsetDateTime> now, ZoneId zone) {
        this.expressions = expressions;
        this.now = now;
        this.zone = zone;
    }

    Field<?> value(Call call) {
        return switch (call.op()) {
            case TODAY -> date("cast({0} as date)", there(now));
            case NOW -> now;
            case YEAR -> part("year", date(call));
            case MONTH -> part("month", date(call));
            case DAY -> part("day", date(call));
            case WEEKDAY -> part("isodow", date(call));
            case HOUR -> part("hour", there(call));
            case MINUTE -> part("minute", there(call));
            case DATE_OF -> date("cast({0} as date)", there(call));
            case MAKE_DATE ->
                date("relata.expression_date({0}, {1}, {2})", number(call, 0), number(call, 1), number(call, 2));
            case ADD_DAYS -> date("relata.expression_add_days({0}, {1})", date(call), number(call, 1));
            case ADD_MONTHS -> date("relata.expression_add_months({0}, {1})", date(call), number(call, 1));
            case DAYS_BETWEEN -> SqlExpressions.numeric("cast({0} - {1} as numeric)", date(call), dateAt(call, 1));
            case FIRST_OF_MONTH -> date("cast(date_trunc('month', cast({0} as timestamp)) as date)", date(call));
            case LAST_OF_MONTH ->
                date(
                        "cast(date_trunc('month', cast({0} as timestamp)) + interval '1 month - 1 day' as date)",
                        date(call));
            case MOVE ->
                DSL.field(
                        "relata.expression_move({0}, {1})",
                        SQLDataType.TIMESTAMPWITHTIMEZONE, moment(call, 0), number(call, 1));
            case SPAN_BETWEEN ->
                SqlExpressions.numeric("extract(epoch from {0} - {1})", moment(call, 0), moment(call, 1));
            case TEXT_OF_DATE -> text("to_char({0}, 'YYYY-MM-DD')", date(call));
            case TEXT_OF_MOMENT -> text("to_char({0}, 'YYYY-MM-DD HH24:MI')", there(call));
            default -> throw new IllegalArgumentException("Not of dates: " + call);
        };
    }

    private static Field<String> text(String template, Field<?> part) {
        return SqlExpressions.bytes(DSL.field(template, SQLDataType.CLOB, part));
    }

    private static Field<LocalDate> date(String template, Field<?>... parts) {
        return DSL.field(template, SQLDataType.LOCALDATE, parts);
    }

    private static Field<BigDecimal> part(String part, Field<?> of) {
        return SqlExpressions.numeric("cast(extract(" + part + " from {0}) as numeric)", of);
    }

    private Field<LocalDate> date(Call call) {
        return dateAt(call, 0);
    }

    private Field<LocalDate> dateAt(Call call, int argument) {
        return expressions.value(call.argument(argument)).cast(SQLDataType.LOCALDATE);
    }

    private Field<OffsetDateTime> moment(Call call, int argument) {
        return expressions.value(call.argument(argument)).cast(SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    private Field<BigDecimal> number(Call call, int argument) {
        return expressions.number(call.argument(argument));
    }

    private Field<LocalDateTime> there(Call call) {
        return there(moment(call, 0));
    }

    private Field<LocalDateTime> there(Field<OffsetDateTime> moment) {
        return DSL.field("({0} at time zone {1})", SQLDataType.LOCALDATETIME, moment, DSL.val(zone.getId()));
    }
}
