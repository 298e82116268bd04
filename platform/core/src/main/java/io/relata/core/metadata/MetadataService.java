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
import java.util.function.Function;
import org.jooq.DSLContext;

/// The tenants' metadata: read as snapshots, changed by administrators.
public final class MetadataService {

    /// How long a snapshot is served before its version is asked for again: the time in which a change made
    /// on another node is seen.
    private static final long TRUST_MILLIS = 1_000;

    private final TenantTransaction transactions;
    private final Clock clock;
    private final MetadataStore store = new MetadataStore();
    private final SnapshotBuilder builder;
    private final MetadataParts parts;
    private final List<Consumer<UUID>> followers = new CopyOnWriteArrayList<>();
    private final Cache<UUID, Cached> snapshots = Caffeine.newBuilder()
            .maximumWeight(SnapshotWeight.most())
            .weigher((UUID tenant, Cached cached) -> SnapshotWeight.of(cached.snapshot()))
            .build();

    public MetadataService(
            TenantTransaction transactions, ManagedSolutions managed, AuditTrail trail, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
        this.builder = new SnapshotBuilder(managed);
        this.parts = new MetadataParts(store, builder, new MetadataTrail(trail), ids, clock);
    }

    /// Has the tenant's id passed on after each change made here was committed.
    public void whenChanged(Consumer<UUID> follower) {
        followers.add(follower);
    }

    /// Says that a change by [#joined] was committed.
    public void changed(UUID tenant) {
        snapshots.invalidate(tenant);
        followers.forEach(follower -> follower.accept(tenant));
    }

    private record Cached(MetadataSnapshot snapshot, MetadataStore.State state, long checkedMillis) {

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
        Cached fresh = transactions.read(tenant, sql -> {
            MetadataStore.State state = store.state(sql, tenant);
            return cached != null && cached.state().equals(state)
                    ? cached.checkedAt(now)
                    : load(sql, tenant, state, now);
        });
        return publish(tenant, fresh);
    }

    /// Returns the tenant's metadata as it is now, and keeps it from being changed until the transaction ends: what is
    /// written in it is written by definitions that hold.
    public MetadataSnapshot current(DSLContext sql, UUID tenant) {
        long version = store.hold(sql, tenant);
        long now = clock.millis();
        Cached cached = snapshots.getIfPresent(tenant);
        if (cached != null && cached.state().version() == version && now - cached.checkedMillis() < TRUST_MILLIS) {
            return cached.snapshot();
        }
        MetadataStore.State state = store.state(sql, tenant);
        Cached fresh =
                cached != null && cached.state().equals(state) ? cached.checkedAt(now) : load(sql, tenant, state, now);
        publish(tenant, fresh);
        return fresh.snapshot();
    }

    /// Changes the tenant's metadata within a transaction that does more.
    public MetadataTransaction joined(DSLContext sql, CallContext context) {
        return new MetadataTransaction(sql, context, parts).counting();
    }

    /// Looks at the tenant's metadata within the caller's transaction; nothing is changed by it.
    public MetadataTransaction looking(DSLContext sql, CallContext context) {
        return new MetadataTransaction(sql, context, parts);
    }

    /// Looks at the tenant's metadata as it is stored; nothing can be changed.
    ///
    /// @throws ProblemException FORBIDDEN
    public <T> T look(CallContext context, Function<MetadataTransaction, T> work) {
        requireAdministrator(context);
        return transactions.call(context, sql -> work.apply(new MetadataTransaction(sql, context, parts)));
    }

    /// Changes the tenant's metadata, one caller after the other; any exception leaves it as it was. A snapshot asked
    /// for
    /// here afterwards has the change.
    ///
    /// @throws ProblemException FORBIDDEN
    public <T> T change(CallContext context, Function<MetadataTransaction, T> work) {
        requireAdministrator(context);
        long now = clock.millis();
        Changed<T> changed = transactions.call(context, sql -> {
            MetadataTransaction transaction = new MetadataTransaction(sql, context, parts).counting();
            T result = work.apply(transaction);
            return new Changed<>(result, new Cached(transaction.snapshot(), transaction.state(), now));
        });
        publish(context.tenant(), changed.cached());
        followers.forEach(follower -> follower.accept(context.tenant()));
        return changed.result();
    }

    /// Adds an entity to the tenant's own without a plan in the history.
    ///
    /// @param definition as [Edit#newEntity] takes it
    /// @throws ProblemException VALIDATION with everything wrong in the definition; FORBIDDEN
    public EntityDefinition createEntity(CallContext context, JsonNode definition) {
        change(context, Edit.newEntity(definition));
        return snapshot(context.tenant())
                .entity(definition.path("name").asText())
                .orElseThrow();
    }

    /// Adds a field to an entity, the tenant's own or a plugin's, without a plan in the history.
    ///
    /// @throws ProblemException VALIDATION with everything wrong in the definition; UNKNOWN_ENTITY; FORBIDDEN
    public FieldDefinition addField(CallContext context, String entity, JsonNode definition) {
        change(context, Edit.newField(entity, definition));
        return snapshot(context.tenant())
                .entity(entity)
                .flatMap(one -> one.field(definition.path("name").asText()))
                .orElseThrow();
    }

    private void change(CallContext context, Edit edit) {
        change(context, tx -> {
            Proposal proposal = tx.propose(edit);
            tx.save(proposal);
            return proposal;
        });
    }

    private record Changed<T>(T result, Cached cached) {}

    private static void requireAdministrator(CallContext context) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "metadata-administrators-only");
        }
    }

    private Cached load(DSLContext sql, UUID tenant, MetadataStore.State state, long now) {
        return new Cached(builder.build(tenant, state, store.rows(sql, tenant)), state, now);
    }

    private MetadataSnapshot publish(UUID tenant, Cached fresh) {
        return snapshots.asMap().merge(tenant, fresh, Cached::later).snapshot();
    }
}
