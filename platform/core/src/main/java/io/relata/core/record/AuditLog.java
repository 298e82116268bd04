package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.audit.AuditEntry;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// All that happened in a tenant, the newest first, for its administrators: to records, to definitions, to who may do
/// what, what was exported, and who signed in.
public final class AuditLog {

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<UUID> ACTOR = field(name("actor"), UUID.class);
    private static final Field<String> ORIGIN = field(name("origin"), String.class);
    private static final Field<String> CAUSE = field(name("cause"), String.class);
    private static final Field<String> REQUEST = field(name("request_id"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<String> ACTION = field(name("action"), String.class);
    private static final Field<JSONB> CHANGES = field(name("changes"), JSONB.class);

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> metadata;

    public AuditLog(TenantTransaction transactions, Function<UUID, MetadataSnapshot> metadata) {
        this.transactions = transactions;
        this.metadata = metadata;
    }

    /// What is wanted; `null` for all.
    ///
    /// @param from  the first moment
    /// @param to    the moment before which entries end
    /// @param cause what made the changes, as [io.relata.core.audit.Cause] names it
    /// @param after the entry behind which to go on
    public record Wish(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable UUID actor,
            @Nullable String action,
            @Nullable String cause,
            @Nullable UUID record,
            @Nullable UUID after) {}

    /// One entry.
    ///
    /// @param entity the entity's name; `definition` and `access` for settings, `export` for exports, `session` for
    /// sign-ins, empty for an
    /// entity that is gone
    public record Entry(
            UUID id,
            Instant at,
            UUID actor,
            String origin,
            @Nullable String cause,
            String request,
            String entity,
            UUID record,
            String action,
            JsonNode changes) {}

    /// Returns entries.
    ///
    /// @throws ProblemException FORBIDDEN
    public List<Entry> entries(CallContext context, Wish wish, int top) {
        if (!context.hasRole(CallContext.ADMINISTRATOR)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "access-administrators-only");
        }
        Map<UUID, String> names = new HashMap<>(AuditEntry.NAMES);
        names.put(MetadataSnapshot.AUDITED, "definition");
        metadata.apply(context.tenant()).entities().forEach(entity -> names.put(entity.id(), entity.name()));
        return transactions.call(
                context,
                sql -> sql.select(ID, AT, ACTOR, ORIGIN, CAUSE, REQUEST, ENTITY, RECORD, ACTION, CHANGES)
                        .from(table(name("relata", "audit")))
                        .where(TENANT.eq(context.tenant()))
                        .and(wanted(wish))
                        .orderBy(ID.desc())
                        .limit(top)
                        .fetch(row -> new Entry(
                                row.value1(),
                                row.value2().toInstant(),
                                row.value3(),
                                row.value4(),
                                row.value5(),
                                row.value6(),
                                names.getOrDefault(row.value7(), ""),
                                row.value8(),
                                row.value9(),
                                StoredDocument.parse(row.value10()))));
    }

    private static Condition wanted(Wish wish) {
        return DSL.and(
                when(wish.from(), from -> AT.ge(from.atOffset(ZoneOffset.UTC))),
                when(wish.to(), to -> AT.lt(to.atOffset(ZoneOffset.UTC))),
                when(wish.actor(), ACTOR::eq),
                when(wish.action(), ACTION::eq),
                when(wish.cause(), CAUSE::eq),
                when(wish.record(), RECORD::eq),
                when(wish.after(), ID::lt));
    }

    private static <T> Condition when(@Nullable T value, Function<T, Condition> condition) {
        return value == null ? DSL.noCondition() : condition.apply(value);
    }
}
