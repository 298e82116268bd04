package io.relata.core.record;

import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Exchange;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.rate.RateTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Converts amounts into the currency of a roll-up's result: each alone, to the decimals of the result, so that what is
/// added and taken one by one is to the last digit what SQL adds up. An amount without a rate is no amount.
final class Exchanges {

    private static final String RATE = "exchange";

    private Exchanges() {}

    /// An amount that is to be converted, in the stored form.
    ///
    /// @param currency `null` for the tenant's
    record Foreign(long amount, @Nullable String currency, LocalDate day) {}

    /// Returns the amount of a record with the values; `null` when it has none.
    static @Nullable Foreign of(
            ActiveRollUp one, Exchange exchange, Instant createdAt, Map<String, @Nullable Object> values) {
        FieldDefinition source = Objects.requireNonNull(one.source());
        Object amount = StoredValue.of(source, values.get(source.name()));
        Object currency = exchange.currency() == null
                ? null
                : values.get(exchange.currency().name());
        Object day =
                exchange.day() == null ? createdAt : values.get(exchange.day().name());
        LocalDate on = day(day == null ? createdAt : day);
        return amount == null
                ? null
                : new Foreign((Long) amount, currency == null ? exchange.from() : currency.toString(), on);
    }

    private static LocalDate day(Object value) {
        return value instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC).toLocalDate() : (LocalDate) value;
    }

    /// Converts the amounts, with one statement. Those that cannot be converted are missing.
    static Map<Foreign, Long> convert(WriteTransaction tx, ActiveRollUp one, Collection<Foreign> amounts) {
        String to = code(tx, exchange(one).to());
        Map<Dated, @Nullable BigDecimal> rates = new HashMap<>();
        amounts.forEach(amount -> rates.put(dated(tx, amount), null));
        rates.keySet().stream()
                .filter(dated -> dated.currency().equals(to))
                .toList()
                .forEach(dated -> rates.put(dated, BigDecimal.ONE));
        find(tx, to, rates);
        int places = places(one);
        Map<Foreign, Long> converted = new HashMap<>();
        for (Foreign amount : amounts) {
            BigDecimal rate = rates.get(dated(tx, amount));
            if (rate != null) {
                BigDecimal exact =
                        BigDecimal.valueOf(amount.amount()).multiply(rate).movePointRight(places);
                converted.put(amount, exact.setScale(0, RoundingMode.HALF_UP).longValueExact());
            }
        }
        return converted;
    }

    private record Dated(String currency, LocalDate day) {}

    private static Dated dated(WriteTransaction tx, Foreign amount) {
        return new Dated(code(tx, amount.currency()), amount.day());
    }

    private static void find(WriteTransaction tx, String to, Map<Dated, @Nullable BigDecimal> rates) {
        List<Dated> open = new ArrayList<>();
        rates.forEach((dated, rate) -> {
            if (rate == null) {
                open.add(dated);
            }
        });
        if (open.isEmpty()) {
            return;
        }
        String[] currencies = open.stream().map(Dated::currency).toArray(String[]::new);
        LocalDate[] days = open.stream().map(Dated::day).toArray(LocalDate[]::new);
        Field<String> currency = DSL.field(DSL.name("wanted", "currency"), SQLDataType.CLOB);
        Field<LocalDate> day = DSL.field(DSL.name("wanted", "day"), SQLDataType.LOCALDATE);
        Field<BigDecimal> rate = DSL.field(DSL.name(RATE, "rate"), BigDecimal.class);
        tx.sql()
                .select(currency, day, rate)
                .from(DSL.table("unnest({0}, {1}) as wanted(currency, day)", DSL.val(currencies), DSL.val(days)))
                .crossJoin(DSL.lateral(RateTable.on(tx.tenant(), currency, DSL.val(to), day))
                        .as(RATE))
                .forEach(row -> rates.put(new Dated(row.value1(), row.value2()), row.value3()));
    }

    /// Returns the converted amount of the row, in the stored form of the result.
    static Field<Long> amount(WriteTransaction tx, ActiveRollUp one, RecordColumns columns) {
        FieldDefinition source = Objects.requireNonNull(one.source());
        Field<BigDecimal> rate = DSL.field(DSL.select(DSL.field(DSL.name(RATE, "rate"), BigDecimal.class))
                .from(RateTable.on(
                                tx.tenant(),
                                currency(tx, exchange(one), columns),
                                DSL.val(code(tx, exchange(one).to())),
                                day(exchange(one), columns))
                        .asTable(RATE)));
        Field<BigDecimal> known = DSL.when(
                        currency(tx, exchange(one), columns)
                                .eq(code(tx, exchange(one).to())),
                        DSL.inline(BigDecimal.ONE))
                .otherwise(rate);
        Field<BigDecimal> amount = columns.field(source).cast(SQLDataType.NUMERIC);
        return DSL.round(amount.mul(known).mul(DSL.inline(BigDecimal.ONE.movePointRight(places(one)))))
                .cast(SQLDataType.BIGINT);
    }

    /// Returns in which currency the row's amount is.
    static Field<String> currency(WriteTransaction tx, Exchange exchange, RecordColumns columns) {
        Field<String> otherwise = DSL.val(code(tx, exchange.from())).coerce(SQLDataType.CLOB);
        return exchange.currency() == null
                ? otherwise
                : DSL.coalesce(columns.field(exchange.currency()).coerce(SQLDataType.CLOB), otherwise);
    }

    /// Returns the day of whose rate the row's amount is converted by.
    static Field<LocalDate> day(Exchange exchange, RecordColumns columns) {
        Field<LocalDate> made = utcDay(columns.createdAt());
        FieldDefinition day = exchange.day();
        if (day == null) {
            return made;
        }
        Field<?> said = columns.field(day);
        return DSL.coalesce(day.kind() == ValueKind.INSTANT ? utcDay(said) : said.coerce(SQLDataType.LOCALDATE), made);
    }

    private static Field<LocalDate> utcDay(Field<?> moment) {
        return DSL.field("cast({0} at time zone 'UTC' as date)", SQLDataType.LOCALDATE, moment);
    }

    static String code(WriteTransaction tx, @Nullable String currency) {
        return currency == null ? tx.context().currency().getCurrencyCode() : currency;
    }

    private static int places(ActiveRollUp one) {
        return one.result().scale() - Objects.requireNonNull(one.source()).scale();
    }

    private static Exchange exchange(ActiveRollUp one) {
        return Objects.requireNonNull(one.exchange());
    }
}
