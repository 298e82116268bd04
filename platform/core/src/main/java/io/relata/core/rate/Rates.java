package io.relata.core.rate;

import static io.relata.core.rate.RateTable.DAY;
import static io.relata.core.rate.RateTable.FROM;
import static io.relata.core.rate.RateTable.RATE;
import static io.relata.core.rate.RateTable.RATES;
import static io.relata.core.rate.RateTable.TENANT;
import static io.relata.core.rate.RateTable.TO;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditEntry.Action;
import io.relata.core.audit.AuditTrail;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.sql.Rows;
import io.relata.spi.CallContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The rates of a tenant. Everybody reads them, administrators change them; whoever does has what follows from them
/// reckoned anew.
public final class Rates {

    private final AuditTrail trail;

    public Rates(AuditTrail trail) {
        this.trail = trail;
    }

    /// What became of rates that were sent.
    ///
    /// @param to the currencies to which rates are others than before
    public record Outcome(int created, int updated, int unchanged, Set<String> to) {

        public Outcome {
            to = Set.copyOf(to);
        }
    }

    /// Which rates are looked at; what is `null` does not matter.
    ///
    /// @param before the latest day before this one
    public record Wish(
            @Nullable String from,
            @Nullable String to,
            @Nullable LocalDate before) {}

    private record Key(String from, String to, LocalDate day) {

        static Key of(Rate rate) {
            return new Key(rate.from(), rate.to(), rate.day());
        }
    }

    /// Returns rates, the latest days first, by their currencies within a day.
    public List<Rate> list(DSLContext sql, CallContext context, Wish wish, int top) {
        Condition wanted = TENANT.eq(context.tenant());
        if (wish.from() != null) {
            wanted = wanted.and(FROM.eq(wish.from()));
        }
        if (wish.to() != null) {
            wanted = wanted.and(TO.eq(wish.to()));
        }
        if (wish.before() != null) {
            wanted = wanted.and(DAY.lt(wish.before()));
        }
        return sql.select(FROM, TO, DAY, RATE)
                .from(RATES)
                .where(wanted)
                .orderBy(DAY.desc(), FROM, TO)
                .limit(top)
                .fetch(row -> new Rate(
                        row.value1(), row.value2(), row.value3(), row.value4().stripTrailingZeros()));
    }

    /// Stores the rates; one that is there for its day is replaced.
    ///
    /// @param rates no two of the same currencies and day
    /// @throws ProblemException FORBIDDEN
    public Outcome put(DSLContext sql, CallContext context, List<Rate> rates) {
        requireAdministrator(context);
        Map<Key, BigDecimal> stored = stored(sql, context, rates);
        List<Rate> changed = new ArrayList<>();
        int created = 0;
        for (Rate rate : rates) {
            BigDecimal before = stored.get(Key.of(rate));
            if (before == null || before.compareTo(rate.rate()) != 0) {
                changed.add(rate);
                created += before == null ? 1 : 0;
            }
        }
        if (!changed.isEmpty()) {
            write(sql, context, changed);
            record(sql, context, changed, stored);
        }
        Set<String> to = new TreeSet<>();
        changed.forEach(rate -> to.add(rate.to()));
        return new Outcome(created, changed.size() - created, rates.size() - changed.size(), to);
    }

    /// Takes a rate away; the one before it holds then.
    ///
    /// @throws ProblemException FORBIDDEN; NOT_FOUND
    public void remove(DSLContext sql, CallContext context, String from, String to, LocalDate day) {
        requireAdministrator(context);
        BigDecimal before = sql.deleteFrom(RATES)
                .where(TENANT.eq(context.tenant()))
                .and(FROM.eq(from))
                .and(TO.eq(to))
                .and(DAY.eq(day))
                .returningResult(RATE)
                .fetchOne(RATE);
        if (before == null) {
            throw ProblemException.notFound();
        }
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        change(changes, day, before, null);
        trail.write(sql, context, List.of(entry(from, to, Action.DELETE, changes)));
    }

    private static Map<Key, BigDecimal> stored(DSLContext sql, CallContext context, List<Rate> rates) {
        Map<Key, BigDecimal> stored = new HashMap<>();
        if (rates.isEmpty()) {
            return stored;
        }
        LocalDate first =
                rates.stream().map(Rate::day).min(Comparator.naturalOrder()).orElseThrow();
        LocalDate last =
                rates.stream().map(Rate::day).max(Comparator.naturalOrder()).orElseThrow();
        String[] from = rates.stream().map(Rate::from).distinct().toArray(String[]::new);
        sql.select(FROM, TO, DAY, RATE)
                .from(RATES)
                .where(TENANT.eq(context.tenant()))
                .and(FROM.eq(DSL.any(from)))
                .and(DAY.between(first, last))
                .forEach(row -> stored.put(new Key(row.value1(), row.value2(), row.value3()), row.value4()));
        return stored;
    }

    private static void write(DSLContext sql, CallContext context, List<Rate> changed) {
        Rows rows = new Rows(List.of(FROM, TO, DAY, RATE)).same(TENANT, context.tenant());
        changed.forEach(rate -> rows.add(List.of(rate.from(), rate.to(), rate.day(), rate.rate())));
        sql.execute(rows.insertion(RATES)
                .onConflict(TENANT, FROM, TO, DAY)
                .doUpdate()
                .set(RATE, DSL.excluded(RATE)));
    }

    /// One entry for each pair of currencies.
    private void record(DSLContext sql, CallContext context, List<Rate> changed, Map<Key, BigDecimal> stored) {
        Map<String, List<Rate>> pairs = new TreeMap<>();
        changed.forEach(rate -> pairs.computeIfAbsent(rate.from() + rate.to(), pair -> new ArrayList<>())
                .add(rate));
        List<AuditEntry> entries = new ArrayList<>();
        pairs.values().forEach(rates -> {
            ArrayNode changes = JsonNodeFactory.instance.arrayNode();
            rates.forEach(rate -> change(changes, rate.day(), stored.get(Key.of(rate)), rate.rate()));
            Rate one = rates.getFirst();
            entries.add(entry(one.from(), one.to(), Action.UPDATE, changes));
        });
        trail.write(sql, context, entries);
    }

    private static void change(
            ArrayNode changes, LocalDate day, @Nullable BigDecimal before, @Nullable BigDecimal after) {
        changes.addObject().put("field", day.toString()).put("old", before).put("new", after);
    }

    private static AuditEntry entry(String from, String to, Action action, ArrayNode changes) {
        UUID pair = UUID.nameUUIDFromBytes((from + to).getBytes(StandardCharsets.UTF_8));
        return new AuditEntry("rate", AuditEntry.RATES, pair, 1, action, changes);
    }

    private static void requireAdministrator(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "rate-administrators-only");
        }
    }
}
