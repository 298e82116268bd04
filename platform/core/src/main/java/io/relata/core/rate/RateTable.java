package io.relata.core.rate;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/// The table of rates, and how the one that holds on a day is found.
public final class RateTable {

    static final Table<?> RATES = table(name("relata", "currency_rate"));
    static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<String> FROM = field(name("from_currency"), SQLDataType.CLOB);
    static final Field<String> TO = field(name("to_currency"), SQLDataType.CLOB);

    /// The day from which the rate holds.
    public static final Field<LocalDate> DAY = field(name("day"), LocalDate.class);

    /// What one unit is worth.
    public static final Field<BigDecimal> RATE = field(name("rate"), BigDecimal.class);

    private RateTable() {}

    /// Returns the rate that holds on the day with the day from which it holds: at most one row.
    ///
    /// @param from in SQL, from the row that is converted
    public static Select<Record2<LocalDate, BigDecimal>> on(
            UUID tenant, Field<String> from, Field<String> to, Field<LocalDate> day) {
        return select(DAY, RATE)
                .from(RATES)
                .where(TENANT.eq(tenant))
                .and(FROM.eq(from))
                .and(TO.eq(to))
                .and(DAY.le(day))
                .orderBy(DAY.desc())
                .limit(1);
    }
}
