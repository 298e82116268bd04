package io.relata.core;

import io.relata.core.audit.AuditRetention;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.file.FileService;
import io.relata.core.record.Purge;
import io.relata.core.replay.RequestAnswers;
import io.relata.core.tenant.TenantTransaction;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Removes what has been kept long enough, tenant by tenant, a bounded number of rows in a transaction.
final class Housekeeping {

    private static final int PORTION = 5_000;

    /// A tenant with more waits for the next time.
    private static final int MOST_PORTIONS = 200;

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final TenantTransaction transactions;
    private final ChangeFeed feed;
    private final List<Kept> kept;
    private final FileService files;
    private final Purge purge;
    private final AuditRetention retention;
    private final Clock clock;

    /// Something of which the oldest go.
    @FunctionalInterface
    interface Kept {

        /// Removes a bounded number, and returns whether there may be more.
        boolean purge(DSLContext sql, UUID tenant, int most);
    }

    Housekeeping(
            TenantTransaction transactions,
            ChangeFeed feed,
            List<Kept> kept,
            FileService files,
            Purge purge,
            AuditRetention retention,
            Clock clock) {
        this.transactions = transactions;
        this.feed = feed;
        this.kept = List.copyOf(kept);
        this.files = files;
        this.purge = purge;
        this.retention = retention;
        this.clock = clock;
    }

    void clear() {
        for (UUID tenant : tenants()) {
            kept.forEach(one -> clear(tenant, sql -> one.purge(sql, tenant, PORTION)));
        }
        purge.purgeAll();
        files.clear();
        retention.expireAll();
    }

    private void clear(UUID tenant, Predicate<DSLContext> portion) {
        boolean more = true;
        for (int i = 0; more && i < MOST_PORTIONS; i++) {
            more = transactions.call(tenant, portion::test);
        }
    }

    private List<UUID> tenants() {
        OffsetDateTime before = clock.instant().minus(RequestAnswers.KEPT).atOffset(ZoneOffset.UTC);
        return transactions.call(
                NO_TENANT,
                sql -> sql.select(DSL.field("clear.tenant", SQLDataType.UUID))
                        .from(
                                "relata.tenants_to_clear({0}, {1}) as clear(tenant)",
                                DSL.val(feed.oldest()), DSL.val(before))
                        .fetch(0, UUID.class));
    }
}
