package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.relata.core.audit.AuditTrail;
import io.relata.core.id.Ids;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/// The tenants' metadata: read as snapshots, changed by administrators.
public final class MetadataService {

    /// How long a snapshot is served before its version is asked for again: the time in which a change made
    /// on another node is seen.
    private static final long TRUST_MILLIS = 1_000;

    private static final long MOST_FIELDS_CACHED = 500_000;

    private final TenantTransaction transactions;
    private final Clock clock;
    private final MetadataStore store = new MetadataStore();
    private final SnapshotBuilder builder;
    private final MetadataChange change;
    private final List<Consumer<UUID>> followers = new CopyOnWriteArrayList<>();
    private final Cache<UUID, Cached> snapshots = Caffeine.newBuilder()
            .maximumWeight(MOST_FIELDS_CACHED)
            .weigher((UUID tenant, Cached cached) -> cached.weight())
            .build();

    public MetadataService(
            TenantTransaction transactions, ManagedSolutions managed, AuditTrail trail, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.builder = new SnapshotBuilder(managed);
        this.change = new MetadataChange(store, trail, ids, clock);
    }

    /// Has the tenant's id passed on after each change made here was committed.
    public void whenChanged(Consumer<UUID> follower) {
        followers.add(follower);
    }

    private record Cached(MetadataSnapshot snapshot, MetadataStore.State state, long checkedMillis) {

        int weight() {
            return 1
                    + snapshot.entities().stream()
                            .mapToInt(entity -> entity.fields().size())
                            .sum();
        }

        Cached checkedAt(long millis) {
            return new Cached(snapshot, state, millis);
        }

        /// A tenant's version only grows: of two readers who meet, the later one wins.
        static Cached later(Cached one, Cached other) {
            return other.state().version() >= one.state().version() ? other : one;
        }
    }

    /// Returns the tenant's metadata as of at most about a second ago; a change made here is in it at once.
    /// May need a connection: not to be called inside a transaction.
    public MetadataSnapshot snapshot(UUID tenant) {
        long now = clock.millis();
        Cached cached = snapshots.getIfPresent(tenant);
        if (cached != null && now - cached.checkedMillis() < TRUST_MILLIS) {
            return cached.snapshot();
        }
        Cached fresh = transactions.call(tenant, sql -> {
            MetadataStore.State state = store.state(sql, tenant);
            return cached != null && cached.state().equals(state)
                    ? cached.checkedAt(now)
                    : load(sql, tenant, state, now);
        });
        return publish(tenant, fresh);
    }

    /// Adds an entity to the tenant's own.
    ///
    /// @param definition as in a solution file, without what the platform decides: `setName`, `family`, slots;
    ///                   a field's `indexed` asks for a slot or against one
    /// @throws ProblemException VALIDATION with everything wrong in the definition; FORBIDDEN
    public EntityDefinition createEntity(CallContext context, JsonNode definition) {
        return apply(
                context, (sql, version, snapshot) -> change.createEntity(sql, context, version, snapshot, definition));
    }

    /// Adds a field to an entity, the tenant's own or a plugin's.
    ///
    /// @throws ProblemException VALIDATION with everything wrong in the definition; UNKNOWN_ENTITY; FORBIDDEN
    public FieldDefinition addField(CallContext context, String entity, JsonNode definition) {
        String field = definition.path("name").asText();
        return apply(
                        context,
                        (sql, version, snapshot) ->
                                change.addField(sql, context, version, snapshot, entity, definition))
                .field(field)
                .orElseThrow();
    }

    @FunctionalInterface
    private interface Change {
        /// Returns the name of the entity it changed.
        String apply(DSLContext sql, long version, MetadataSnapshot before);
    }

    private EntityDefinition apply(CallContext context, Change change) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "metadata-administrators-only");
        }
        UUID tenant = context.tenant();
        long now = clock.millis();
        Applied applied = transactions.call(context, sql -> {
            long version = store.nextVersion(sql, tenant);
            MetadataStore.State state = store.state(sql, tenant);
            String entity =
                    change.apply(sql, version, load(sql, tenant, state, now).snapshot());
            return new Applied(entity, load(sql, tenant, state, now));
        });
        publish(tenant, applied.cached());
        followers.forEach(follower -> follower.accept(tenant));
        return applied.cached().snapshot().entity(applied.entity()).orElseThrow();
    }

    private record Applied(String entity, Cached cached) {}

    private Cached load(DSLContext sql, UUID tenant, MetadataStore.State state, long now) {
        return new Cached(builder.build(tenant, state, store.rows(sql, tenant)), state, now);
    }

    private MetadataSnapshot publish(UUID tenant, Cached fresh) {
        return snapshots.asMap().merge(tenant, fresh, Cached::later).snapshot();
    }
}
