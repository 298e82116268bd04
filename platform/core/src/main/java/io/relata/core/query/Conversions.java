package io.relata.core.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Values as values of another type. What is none of the other type becomes empty and never an error, so that one odd
/// record does not spoil a query.
final class Conversions {

    private static final String UUID_FORM = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";
    private static final String NUMBER_FORM = "^[+-]?[0-9]{1,30}([.][0-9]{1,20})?$";
    private static final String DATE_FORM = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private static final String INSTANT_FORM =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})$";

    private Conversions() {}

    /// A number's digits without zeros at the end.
    static Field<String> ofNumber(Field<BigDecimal> number) {
        return DSL.field("trim_scale({0})::text", SQLDataType.CLOB, number);
    }

    static Field<String> ofDate(Field<LocalDate> date) {
        return DSL.field("to_char({0}, 'YYYY-MM-DD')", SQLDataType.CLOB, date);
    }

    /// As RFC 3339 writes it in UTC, with as many digits of a second as it needs.
    static Field<String> ofInstant(Field<OffsetDateTime> instant) {
        return DSL.field(
                "rtrim(rtrim(to_char({0} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), '0'), '.') || 'Z'",
                SQLDataType.CLOB, instant);
    }

    static Field<String> ofUuid(Field<UUID> uuid) {
        return uuid.cast(SQLDataType.CLOB);
    }

    static Field<String> ofTruth(Field<Boolean> truth) {
        return truth.cast(SQLDataType.CLOB);
    }

    /// The time of day in UTC, to the second.
    static Field<String> timeOf(Field<OffsetDateTime> instant) {
        return DSL.field("to_char({0} at time zone 'UTC', 'HH24:MI:SS')", SQLDataType.CLOB, instant);
    }

    static Field<BigDecimal> number(Field<String> text) {
        return ofForm(text, NUMBER_FORM, "numeric", SQLDataType.NUMERIC);
    }

    static Field<LocalDate> date(Field<String> text) {
        return ofForm(text, DATE_FORM, "date", SQLDataType.LOCALDATE);
    }

    static Field<OffsetDateTime> instant(Field<String> text) {
        return ofForm(text, INSTANT_FORM, "timestamptz", SQLDataType.TIMESTAMPWITHTIMEZONE);
    }

    static Field<UUID> uuid(Field<String> text) {
        return ofForm(text, UUID_FORM, "uuid", SQLDataType.UUID);
    }

    /// The form keeps out what PostgreSQL alone would take, such as `infinity` and `yesterday`.
    private static <T> Field<T> ofForm(Field<String> text, String form, String name, DataType<T> type) {
        return DSL.field(
                "case when {0} ~ {1} and pg_input_is_valid({0}, {2}) then {3} end",
                type, text, DSL.inline(form), DSL.inline(name), text.cast(type));
    }
}
