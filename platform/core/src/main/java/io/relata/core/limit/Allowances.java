package io.relata.core.limit;

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

/// Each tenant's allowance, as the operator set it. Read anew after some seconds.
public final class Allowances implements Function<UUID, Allowance> {

    private static final Duration FRESHNESS = Duration.ofSeconds(5);
    private static final int KEPT = 10_000;
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);

    private final DSLContext sql;
    private final LoadingCache<UUID, Allowance> allowances;

    public Allowances(DataSource dataSource, Clock clock) {
        this.sql = DSL.using(dataSource, SQLDialect.POSTGRES);
        this.allowances = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(FRESHNESS)
                .maximumSize(KEPT)
                .build(this::read);
    }

    @Override
    public Allowance apply(UUID tenant) {
        return allowances.get(tenant);
    }

    private Allowance read(UUID tenant) {
        Record row = sql.select(DSL.asterisk())
                .from(table(name("control", "tenant_limits")))
                .where(TENANT.eq(tenant))
                .fetchOne();
        if (row == null) {
            return Allowance.DEFAULT;
        }
        return new Allowance(
                number(row, "user_requests", Allowance.DEFAULT.userRequests()),
                number(row, "requests", Allowance.DEFAULT.requests()),
                number(row, "database_seconds", Allowance.DEFAULT.databaseSeconds()),
                number(row, "exports", Allowance.DEFAULT.exports()));
    }

    private static long number(Record row, String column, long usual) {
        return Objects.requireNonNullElse(row.get(column, Long.class), usual);
    }
}
