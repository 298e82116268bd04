package io.relata.core.search;

import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.SIGNATURE;
import static io.relata.core.search.SearchTables.STATE;
import static io.relata.core.search.SearchTables.TENANT;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.relata.core.job.Job;
import io.relata.core.job.JobService;
import io.relata.core.job.JobService.NewJob;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has an entity's index made anew where it was made for other fields: after an upgrade, and when a field becomes
/// searchable or ceases to be. Looks when the platform starts, when metadata changes and when somebody searches.
public final class SearchUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(SearchUpkeep.class);

    /// A job that failed is not tried again at once.
    private static final Duration RESPITE = Duration.ofHours(1);

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> snapshots;
    private final JobService jobs;
    private final Clock clock;

    public SearchUpkeep(
            TenantTransaction transactions, Function<UUID, MetadataSnapshot> snapshots, JobService jobs, Clock clock) {
        this.transactions = transactions;
        this.snapshots = snapshots;
        this.jobs = jobs;
        this.clock = clock;
    }

    /// Looks at all tenants.
    public void ensureAll() {
        List<UUID> tenants = transactions.call(
                NO_TENANT,
                sql -> sql.select(DSL.field("indexed.tenant", SQLDataType.UUID))
                        .from("relata.tenants_with_search() as indexed(tenant)")
                        .join("control.tenant")
                        .on("control.tenant.id = indexed.tenant and control.tenant.status = 'active'")
                        .fetch(0, UUID.class));
        tenants.forEach(this::ensure);
    }

    /// Looks at a tenant; a failure is written down, and the next who looks tries again.
    public void ensure(UUID tenant) {
        try {
            MetadataSnapshot snapshot = snapshots.apply(tenant);
            upToDate(snapshot, snapshot.entities());
        } catch (DataAccessException exception) {
            LOG.warn("The search index could not be looked at; trying again later", exception);
        }
    }

    /// Returns whether the entities' index is up to date; takes on the jobs that make it so otherwise.
    boolean upToDate(MetadataSnapshot snapshot, Collection<EntityDefinition> entities) {
        UUID tenant = snapshot.tenant();
        Map<UUID, Set<String>> indexed = new HashMap<>();
        transactions
                .call(
                        tenant,
                        sql -> sql.select(ENTITY, SIGNATURE)
                                .from(STATE)
                                .where(TENANT.eq(tenant))
                                .fetch())
                .forEach(row -> indexed.computeIfAbsent(row.value1(), id -> new HashSet<>())
                        .add(row.value2()));
        List<EntityDefinition> outdated = entities.stream()
                .filter(entity -> indexed.containsKey(entity.id()))
                .filter(entity -> !Set.of(SearchFields.of(entity).signature()).equals(indexed.get(entity.id())))
                .toList();
        if (!outdated.isEmpty()) {
            submit(tenant, outdated);
        }
        return outdated.isEmpty();
    }

    private void submit(UUID tenant, List<EntityDefinition> outdated) {
        CallContext context = system(tenant);
        List<Job> known = jobs.newest(context, SearchKind.CODE);
        List<NewJob> wanted = new ArrayList<>();
        for (EntityDefinition entity : outdated) {
            String signature = SearchFields.of(entity).signature();
            if (known.stream().noneMatch(job -> stands(job, entity.name(), signature))) {
                wanted.add(new NewJob(
                        jobs.newId(),
                        SearchKind.CODE,
                        entity.name(),
                        JsonNodeFactory.instance.objectNode().put(SearchKind.SIGNATURE_MEMBER, signature),
                        null));
            }
        }
        if (!wanted.isEmpty()) {
            transactions.call(tenant, sql -> {
                wanted.forEach(job -> jobs.submit(sql, context, job));
                return wanted.size();
            });
            jobs.wake(tenant);
        }
    }

    private boolean stands(Job job, String entity, String signature) {
        boolean same = job.entity().equals(entity)
                && job.definition().path(SearchKind.SIGNATURE_MEMBER).asText().equals(signature);
        return same
                && switch (job.state()) {
                    case QUEUED, RUNNING -> true;
                    case FAILED, CANCELLED -> job.createdAt().plus(RESPITE).isAfter(clock.instant());
                    case DONE -> false;
                };
    }

    /// The platform itself asks; whoever happens to search has nothing to do with it.
    static CallContext system(UUID tenant) {
        return new CallContext(
                tenant,
                NO_TENANT,
                Set.of(),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("XXX"),
                "search-index",
                Origin.SYSTEM);
    }
}
