package io.relata.core.view;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;

/// The views that people keep: each sees the own ones and those that are shared. Somebody else's own view is not found.
public final class SavedViews {

    /// The most views that one person keeps of one entity.
    static final int MOST = 100;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Table<Record> TABLE = table(name("relata", "saved_view"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> OWNER = field(name("owner_id"), UUID.class);
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<Boolean> SHARED = field(name("shared"), Boolean.class);
    private static final Field<JSONB> DEFINITION = field(name("definition"), JSONB.class);
    private static final Field<OffsetDateTime> UPDATED = field(name("updated_at"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final Ids ids;
    private final Clock clock;

    public SavedViews(TenantTransaction transactions, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /// Returns the caller's views of the entity and those that are shared, by name.
    public List<SavedView> list(CallContext context, EntityDefinition entity) {
        return transactions.call(
                context,
                sql -> sql.select(ID, OWNER, NAME, SHARED, DEFINITION)
                        .from(TABLE)
                        .where(TENANT.eq(context.tenant()).and(ENTITY.eq(entity.id())))
                        .and(OWNER.eq(context.user()).or(SHARED))
                        .orderBy(NAME, ID)
                        .fetch(SavedViews::view));
    }

    /// Keeps a view for the caller.
    ///
    /// @throws ProblemException VALIDATION when there are too many
    public SavedView create(WriteTransaction tx, EntityDefinition entity, ViewInput input) {
        CallContext context = tx.context();
        int kept = tx.sql()
                .fetchCount(
                        TABLE,
                        TENANT.eq(context.tenant()).and(ENTITY.eq(entity.id())).and(OWNER.eq(context.user())));
        if (kept >= MOST) {
            throw ProblemException.invalid(List.of(Violation.of(null, "list-too-long", MOST)));
        }
        SavedView view = new SavedView(
                ids.next(),
                context.user(),
                Objects.requireNonNull(input.name()),
                Boolean.TRUE.equals(input.shared()),
                Objects.requireNonNull(input.definition()));
        tx.sql()
                .insertInto(TABLE, TENANT, ID, ENTITY, OWNER, NAME, SHARED, DEFINITION, UPDATED)
                .values(
                        context.tenant(),
                        view.id(),
                        entity.id(),
                        view.owner(),
                        view.name(),
                        view.shared(),
                        json(view),
                        now())
                .execute();
        return view;
    }

    /// Changes what the caller says of a view.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN when it is shared, but somebody else's
    public SavedView update(WriteTransaction tx, EntityDefinition entity, UUID id, ViewInput input) {
        SavedView before = changeable(tx, entity, id);
        SavedView view = new SavedView(
                id,
                before.owner(),
                input.name() == null ? before.name() : input.name(),
                input.shared() == null ? before.shared() : input.shared(),
                input.definition() == null ? before.definition() : input.definition());
        tx.sql()
                .update(TABLE)
                .set(NAME, view.name())
                .set(SHARED, view.shared())
                .set(DEFINITION, json(view))
                .set(UPDATED, now())
                .where(one(tx.context(), entity, id))
                .execute();
        return view;
    }

    /// Forgets a view.
    ///
    /// @throws ProblemException NOT_FOUND; FORBIDDEN when it is shared, but somebody else's
    public void delete(WriteTransaction tx, EntityDefinition entity, UUID id) {
        changeable(tx, entity, id);
        tx.sql().deleteFrom(TABLE).where(one(tx.context(), entity, id)).execute();
    }

    private static SavedView changeable(WriteTransaction tx, EntityDefinition entity, UUID id) {
        CallContext context = tx.context();
        SavedView view = find(tx.sql(), context, entity, id);
        if (!view.changeableBy(context)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "view-of-another");
        }
        return view;
    }

    private static SavedView find(DSLContext sql, CallContext context, EntityDefinition entity, UUID id) {
        return sql.select(ID, OWNER, NAME, SHARED, DEFINITION)
                .from(TABLE)
                .where(one(context, entity, id))
                .and(OWNER.eq(context.user()).or(SHARED))
                .forUpdate()
                .fetchOptional(SavedViews::view)
                .orElseThrow(ProblemException::notFound);
    }

    private static Condition one(CallContext context, EntityDefinition entity, UUID id) {
        return TENANT.eq(context.tenant()).and(ENTITY.eq(entity.id())).and(ID.eq(id));
    }

    private static SavedView view(Record row) {
        return new SavedView(row.get(ID), row.get(OWNER), row.get(NAME), row.get(SHARED), object(row.get(DEFINITION)));
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

    private static JSONB json(SavedView view) {
        return JSONB.valueOf(view.definition().toString());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
