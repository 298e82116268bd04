package io.relata.core.tenant;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the control plane how many records the tenants have: those whose data changed, and a tenant that takes
/// long to count less often.
public final class UsageReporter {

    private static final Logger LOG = LoggerFactory.getLogger(UsageReporter.class);
    private static final String RECORDS = "records";

    /// Counting takes at most this part of the time: one in twenty.
    private static final int PAUSE_FACTOR = 20;

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<String> METRIC = field(name("metric"), String.class);
    private static final Field<Long> VALUE = field(name("value"), Long.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final LiveRecords records;
    private final Clock clock;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Instant> pausedUntil = new ConcurrentHashMap<>();

    public UsageReporter(TenantTransaction transactions, LiveRecords records, Clock clock) {
        this.transactions = transactions;
        this.records = records;
        this.clock = clock;
    }

    /// Counts a tenant's records.
    @FunctionalInterface
    public interface LiveRecords {
        long count(UUID tenant);
    }

    /// Remembers that the tenant's records changed.
    public void changed(UUID tenant) {
        changed.add(tenant);
    }

    /// Counts and reports the tenants whose records changed. Called now and then.
    public void report() {
        for (UUID tenant : Set.copyOf(changed)) {
            Instant start = clock.instant();
            if (!start.isBefore(pausedUntil.getOrDefault(tenant, Instant.MIN))) {
                changed.remove(tenant);
                report(tenant);
                Duration took = Duration.between(start, clock.instant());
                pausedUntil.put(tenant, start.plus(took.multipliedBy(PAUSE_FACTOR)));
            }
        }
        pausedUntil.values().removeIf(until -> until.isBefore(clock.instant()));
    }

    private void report(UUID tenant) {
        try {
            long count = records.count(tenant);
            transactions.call(
                    tenant,
                    sql -> sql.insertInto(table(name("control", "usage")), TENANT, METRIC, VALUE, AT)
                            .values(tenant, RECORDS, count, clock.instant().atOffset(ZoneOffset.UTC))
                            .onConflict(TENANT, METRIC)
                            .doUpdate()
                            .set(VALUE, excluded(VALUE))
                            .set(AT, excluded(AT))
                            .execute());
        } catch (DataAccessException | DatabaseUnavailableException | TenantBusyException exception) {
            LOG.warn("The records of tenant {} could not be counted; tried again later", tenant, exception);
            changed.add(tenant);
        }
    }
}
