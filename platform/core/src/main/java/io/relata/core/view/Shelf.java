package io.relata.core.view;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// What people keep, each thing under what it belongs to: everybody sees the own things and those that are shared.
/// Somebody else's own is not found.
///
/// @param <S> what a thing belongs to
final class Shelf<S> {

    /// The most that one person keeps of what belongs together.
    static final int MOST = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> OWNER = field(name("owner_id"), UUID.class);
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<Boolean> SHARED = field(name("shared"), Boolean.class);
    private static final Field<JSONB> DEFINITION = field(name("definition"), JSONB.class);
    private static final Field<OffsetDateTime> UPDATED = field(name("updated_at"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final Ids ids;
    private final Clock clock;
    private final Table<Record> table;
    private final Field<S> scope;

    /// @param table a table of schema `relata` with the columns above and that of the scope
    Shelf(TenantTransaction transactions, Ids ids, Clock clock, String table, Field<S> scope) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.table = table(name("relata", table));
        this.scope = scope;
    }

    /// Returns the caller's own things and those that are shared, by name.
    List<Kept> list(CallContext context, S within) {
        return transactions.call(
                context,
                sql -> sql.select(ID, OWNER, NAME, SHARED, DEFINITION)
                        .from(table)
                        .where(TENANT.eq(context.tenant()).and(scope.eq(within)))
                        .and(OWNER.eq(context.user()).or(SHARED))
                        .orderBy(NAME, ID)
                        .fetch(Shelf::kept));
    }

    /// Returns everybody's things whose definition has one of the words, by what they belong to.
    Map<S, List<Kept>> naming(DSLContext sql, UUID tenant, Collection<String> words) {
        String[] patterns = words.stream()
                .map(word ->
                        "%" + word.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%") + "%")
                .toArray(String[]::new);
        return sql.select(scope, ID, OWNER, NAME, SHARED, DEFINITION)
                .from(table)
                .where(TENANT.eq(tenant))
                .and(DEFINITION.cast(String.class).like(DSL.any(patterns)))
                .orderBy(NAME, ID)
                .fetchGroups(row -> row.get(scope), Shelf::kept);
    }

    /// Keeps something for the caller.
    ///
    /// @throws ProblemException VALIDATION when there are too many
    Kept create(WriteTransaction tx, S within, KeptInput input) {
        CallContext context = tx.context();
        int before = tx.sql()
                .fetchCount(
                        table, TENANT.eq(context.tenant()).and(scope.eq(within)).and(OWNER.eq(context.user())));
        if (before >= MOST) {
            throw ProblemException.invalid(List.of(Violation.of(null, "list-too-long", MOST)));
        }
        Kept kept = new Kept(
                ids.next(),
                context.user(),
                Objects.requireNonNull(input.name()),
                Boolean.TRUE.equals(input.shared()),
                Objects.requireNonNull(input.definition()));
        tx.sql()
                .insertInto(table, TENANT, ID, scope, OWNER, NAME, SHARED, DEFINITION, UPDATED)
                .values(
                        context.tenant(),
                        kept.id(),
                        within,
                        kept.owner(),
                        kept.name(),
                        kept.shared(),
                        json(kept),
                        now())
                .execute();
        return kept;
    }

    /// Changes what the caller says of it.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN when it is shared, but somebody else's
    Kept update(WriteTransaction tx, S within, UUID id, KeptInput input) {
        Kept before = changeable(tx, within, id);
        Kept kept = new Kept(
                id,
                before.owner(),
                input.name() == null ? before.name() : input.name(),
                input.shared() == null ? before.shared() : input.shared(),
                input.definition() == null ? before.definition() : input.definition());
        tx.sql()
                .update(table)
                .set(NAME, kept.name())
                .set(SHARED, kept.shared())
                .set(DEFINITION, json(kept))
                .set(UPDATED, now())
                .where(one(tx.context(), within, id))
                .execute();
        return kept;
    }

    /// Forgets it.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN when it is shared, but somebody else's
    void delete(WriteTransaction tx, S within, UUID id) {
        changeable(tx, within, id);
        tx.sql().deleteFrom(table).where(one(tx.context(), within, id)).execute();
    }

    private Kept changeable(WriteTransaction tx, S within, UUID id) {
        CallContext context = tx.context();
        Kept kept = find(tx.sql(), context, within, id);
        if (!kept.changeableBy(context)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "kept-by-another");
        }
        return kept;
    }

    private Kept find(DSLContext sql, CallContext context, S within, UUID id) {
        return sql.select(ID, OWNER, NAME, SHARED, DEFINITION)
                .from(table)
                .where(one(context, within, id))
                .and(OWNER.eq(context.user()).or(SHARED))
                .forUpdate()
                .fetchOptional(Shelf::kept)
                .orElseThrow(ProblemException::notFound);
    }

    private Condition one(CallContext context, S within, UUID id) {
        return TENANT.eq(context.tenant()).and(scope.eq(within)).and(ID.eq(id));
    }

    private static Kept kept(Record row) {
        return new Kept(row.get(ID), row.get(OWNER), row.get(NAME), row.get(SHARED), object(row.get(DEFINITION)));
    }

    private static ObjectNode object(JSONB json) {
        try {
            return JSON.readTree(json.data()) instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("The database keeps JSON only", exception);
        }
    }

    private static JSONB json(Kept kept) {
        return JSONB.valueOf(kept.definition().toString());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
