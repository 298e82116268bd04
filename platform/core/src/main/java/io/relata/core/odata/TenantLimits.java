package io.relata.core.odata;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/// The limits of each tenant's queries, as the operator set them. Read anew after some seconds.
public final class TenantLimits implements Function<UUID, QueryLimits> {

    private static final Duration FRESHNESS = Duration.ofSeconds(10);
    private static final int KEPT = 10_000;
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);

    private final DSLContext sql;
    private final LoadingCache<UUID, QueryLimits> limits;

    public TenantLimits(DataSource dataSource, Clock clock) {
        this.sql = DSL.using(dataSource, SQLDialect.POSTGRES);
        this.limits = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(FRESHNESS)
                .maximumSize(KEPT)
                .build(this::read);
    }

    @Override
    public QueryLimits apply(UUID tenant) {
        return limits.get(tenant);
    }

    private QueryLimits read(UUID tenant) {
        Record row = sql.select(DSL.asterisk())
                .from(table(name("control", "query_limits")))
                .where(TENANT.eq(tenant))
                .fetchOne();
        if (row == null) {
            return QueryLimits.DEFAULT;
        }
        QueryLimits usual = QueryLimits.DEFAULT;
        return new QueryLimits(
                number(row, "length", usual.length()),
                number(row, "depth", usual.depth()),
                number(row, "terms", usual.terms()),
                number(row, "choices", usual.choices()),
                number(row, "expands", usual.expands()),
                number(row, "rows", usual.rows()),
                Duration.ofSeconds(
                        number(row, "seconds", Math.toIntExact(usual.patience().toSeconds()))));
    }

    private static int number(Record row, String column, int usual) {
        return Objects.requireNonNullElse(row.get(column, Integer.class), usual);
    }
}
