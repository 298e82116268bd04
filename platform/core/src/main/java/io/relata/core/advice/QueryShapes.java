package io.relata.core.advice;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.query.FieldUse;
import io.relata.core.query.QueryWatch;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Counts, for each tenant, the queries that looked for, ordered or grouped records by fields without an index: by
/// which and how, never by what value. Counted in memory and added up in the database now and then; of one tenant only
/// the shapes that were run last are kept.
public final class QueryShapes implements QueryWatch {

    /// How many shapes a tenant has at most.
    static final int MOST = 200;

    private static final int MOST_IN_MEMORY = 5_000;
    private static final int LONGEST = 1_000;
    private static final Duration KEPT = Duration.ofDays(30);

    private static final Table<?> TABLE = table(name("relata", "query_shape"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<String> SHAPE = field(name("shape"), String.class);
    private static final Field<Long> TIMES = field(name("times"), Long.class);
    private static final Field<Long> RECORDS = field(name("records"), Long.class);
    private static final Field<Long> MILLIS = field(name("millis"), Long.class);
    private static final Field<Long> SLOWEST = field(name("slowest"), Long.class);
    private static final Field<OffsetDateTime> FIRST_AT = field(name("first_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> LAST_AT = field(name("last_at"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final Clock clock;
    private final Map<Key, Runs> running = new ConcurrentHashMap<>();

    public QueryShapes(TenantTransaction transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    private record Key(UUID tenant, String shape) {}

    /// How often queries of a shape were run.
    ///
    /// @param records the rows they gave together
    record Runs(long times, long records, long millis, long slowest) {

        Runs plus(Runs other) {
            return new Runs(
                    times + other.times,
                    records + other.records,
                    millis + other.millis,
                    Math.max(slowest, other.slowest));
        }
    }

    /// A shape with its runs.
    record Shape(String text, Runs runs, Instant first, Instant last) {}

    @Override
    public void ran(CallContext context, Collection<FieldUse> uses, long records, Duration time) {
        String shape = uses.stream()
                .filter(use -> use.direct() && !use.indexed())
                .map(use -> use.entity().name() + "." + use.field().name() + " "
                        + use.how().code())
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
        if (shape.isEmpty() || shape.length() > LONGEST) {
            return;
        }
        Key key = new Key(context.tenant(), shape);
        if (running.size() < MOST_IN_MEMORY || running.containsKey(key)) {
            running.merge(key, new Runs(1, records, time.toMillis(), time.toMillis()), Runs::plus);
        }
    }

    /// Adds what was counted to what the database has.
    public void flush() {
        Map<UUID, Map<String, Runs>> byTenant = new HashMap<>();
        for (Key key : List.copyOf(running.keySet())) {
            Runs runs = running.remove(key);
            if (runs != null) {
                byTenant.computeIfAbsent(key.tenant(), tenant -> new HashMap<>())
                        .put(key.shape(), runs);
            }
        }
        byTenant.forEach((tenant, shapes) -> transactions.call(tenant, sql -> {
            shapes.forEach((shape, runs) -> add(sql, tenant, shape, runs));
            trim(sql, tenant);
            return tenant;
        }));
    }

    private void add(DSLContext sql, UUID tenant, String shape, Runs runs) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        sql.insertInto(TABLE)
                .columns(TENANT, SHAPE, TIMES, RECORDS, MILLIS, SLOWEST, FIRST_AT, LAST_AT)
                .values(tenant, shape, runs.times(), runs.records(), runs.millis(), runs.slowest(), now, now)
                .onConflict(TENANT, SHAPE)
                .doUpdate()
                .set(TIMES, known(TIMES).plus(runs.times()))
                .set(RECORDS, known(RECORDS).plus(runs.records()))
                .set(MILLIS, known(MILLIS).plus(runs.millis()))
                .set(SLOWEST, greatest(known(SLOWEST), DSL.val(runs.slowest())))
                .set(LAST_AT, now)
                .execute();
    }

    private static Field<Long> known(Field<Long> column) {
        return field(name("query_shape", column.getName()), Long.class);
    }

    private void trim(DSLContext sql, UUID tenant) {
        OffsetDateTime oldest = clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
        sql.deleteFrom(TABLE)
                .where(TENANT.eq(tenant))
                .and(LAST_AT.lt(oldest)
                        .or(SHAPE.in(DSL.select(SHAPE)
                                .from(TABLE)
                                .where(TENANT.eq(tenant))
                                .orderBy(LAST_AT.desc(), TIMES.desc(), SHAPE)
                                .offset(MOST))))
                .execute();
    }

    /// Returns the tenant's shapes.
    static List<Shape> of(DSLContext sql, UUID tenant) {
        return List.copyOf(sql.select(SHAPE, TIMES, RECORDS, MILLIS, SLOWEST, FIRST_AT, LAST_AT)
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .limit(MOST)
                .fetch(row -> new Shape(
                        row.value1(),
                        new Runs(row.value2(), row.value3(), row.value4(), row.value5()),
                        row.value6().toInstant(),
                        row.value7().toInstant())));
    }
}
