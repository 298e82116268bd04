package io.relata.core.record;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.ActiveRollUp.Exchange;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.rate.RateTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Tells by which rates the amounts were converted that a record's roll-ups are reckoned from, and how many could not
/// be. No amounts: the records that count need not be ones that the caller sees.
public final class ExchangeUses {

    private static final int MOST = 500;
    private static final String HELD = "held";

    private ExchangeUses() {}

    /// The rates of one roll-up, those that were used most first; at most 500.
    ///
    /// @param field    the property that has the result
    /// @param currency of the result
    public record Result(String field, String currency, List<Use> uses) {

        public Result {
            uses = List.copyOf(uses);
        }
    }

    /// How amounts in one currency were converted.
    ///
    /// @param day     from which the rate holds; `null` when there is no rate
    /// @param rate    1 for the currency of the result; `null` when there is none
    /// @param records how many have such an amount
    public record Use(
            String from, @Nullable LocalDate day, @Nullable BigDecimal rate, long records) {}

    /// Returns what the record's roll-ups are converted by, as far as the caller sees them.
    ///
    /// @param entity as the caller sees it
    /// @throws ProblemException NOT_FOUND when the caller does not see the record
    public static List<Result> of(WriteTransaction tx, EntityDefinition entity, UUID id) {
        requireSeen(tx, entity.whole(), id);
        List<Result> results = new ArrayList<>();
        for (ActiveRollUp one : tx.snapshot().rollUps().of(entity)) {
            Exchange exchange = one.exchange();
            boolean shown = entity.field(one.result().name()).isPresent();
            if (exchange != null && shown) {
                String currency = Exchanges.code(tx, exchange.to());
                results.add(new Result(one.result().property(), currency, uses(tx, one, exchange, currency, id)));
            }
        }
        return results;
    }

    private static void requireSeen(WriteTransaction tx, EntityDefinition entity, UUID id) {
        RecordColumns columns = RecordColumns.of(entity);
        boolean seen = tx.sql()
                .fetchExists(DSL.selectOne()
                        .from(columns.table())
                        .where(columns.live(tx.tenant()))
                        .and(columns.id().eq(id))
                        .and(Reach.of(CallerAccess.of(tx.sql(), tx.context()), entity, Privilege.READ)
                                .each(columns)));
        if (!seen) {
            throw ProblemException.notFound();
        }
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal rate) {
        return rate == null ? null : rate.stripTrailingZeros();
    }

    private static List<Use> uses(WriteTransaction tx, ActiveRollUp one, Exchange exchange, String to, UUID id) {
        RollUpQuery.Counted counted = RollUpQuery.counted(tx, one, List.of(id));
        RecordColumns columns = counted.columns();
        Field<String> currency = Exchanges.currency(tx, exchange, columns);
        Field<LocalDate> day = DSL.field(DSL.name(HELD, "day"), LocalDate.class);
        Field<BigDecimal> rate = DSL.field(DSL.name(HELD, "rate"), BigDecimal.class);
        Condition foreign = currency.ne(to);
        Field<Long> records = DSL.count().cast(SQLDataType.BIGINT).as("records");
        Field<String> from = currency.as("currency");
        return counted.begin(tx)
                .select(from, day, rate, records)
                .from(counted.from())
                .leftJoin(
                        DSL.lateral(RateTable.on(tx.tenant(), currency, DSL.val(to), Exchanges.day(exchange, columns)))
                                .as(HELD))
                .on(foreign)
                .where(counted.where())
                .and(columns.field(Objects.requireNonNull(one.source())).isNotNull())
                .groupBy(DSL.inline(1), DSL.inline(2), DSL.inline(3))
                .orderBy(DSL.inline(4).desc(), DSL.inline(1), DSL.inline(2))
                .limit(MOST)
                .fetch(row -> {
                    boolean same = to.equals(row.value1());
                    return new Use(
                            row.value1(), row.value2(), same ? BigDecimal.ONE : plain(row.value3()), row.value4());
                });
    }
}
