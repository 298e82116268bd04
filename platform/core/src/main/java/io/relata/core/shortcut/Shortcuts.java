package io.relata.core.shortcut;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// What each person opened lately and keeps at hand. Nobody sees another's.
///
/// Only ids are kept, and nobody is told whether there is such a record: who reads its name reads it like any other.
public final class Shortcuts {

    /// The most favourites of one person.
    static final int MOST_FAVOURITES = 100;

    /// How many of the things that a person opened are remembered.
    static final int MOST_VISITED = 50;

    private static final Table<Record> TABLE = table(name("relata", "shortcut"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<String> KIND = field(name("kind"), String.class);
    private static final Field<String> TARGET = field(name("target"), String.class);
    private static final Field<OffsetDateTime> VISITED = field(name("visited_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> FAVOURITE = field(name("favourite_since"), OffsetDateTime.class);

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final Clock clock;

    public Shortcuts(TenantTransaction transactions, MetadataService metadata, Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.clock = clock;
    }

    /// Returns the caller's shortcuts, those opened last first; none of entities that are gone.
    public List<Shortcut> list(CallContext context) {
        Map<UUID, String> entities = metadata.snapshot(context.tenant()).entities().stream()
                .collect(Collectors.toMap(EntityDefinition::id, EntityDefinition::name));
        return transactions.read(
                context.tenant(),
                sql -> sql
                        .select(ENTITY, KIND, TARGET, VISITED, FAVOURITE)
                        .from(TABLE)
                        .where(own(context))
                        .orderBy(VISITED.desc().nullsLast(), FAVOURITE, TARGET)
                        .fetch()
                        .stream()
                        .flatMap(row ->
                                Stream.ofNullable(entities.get(row.get(ENTITY))).map(entity -> shortcut(entity, row)))
                        .toList());
    }

    /// Remembers that the caller opened it now, and forgets what was opened too long ago.
    public void visit(WriteTransaction tx, EntityDefinition entity, Shortcut.Kind kind, String target) {
        put(tx, entity, kind, target, VISITED);
        Condition own = own(tx.context());
        tx.sql()
                .deleteFrom(TABLE)
                .where(own, FAVOURITE.isNull())
                .and(VISITED.le(select(VISITED)
                        .from(TABLE)
                        .where(own, VISITED.isNotNull())
                        .orderBy(VISITED.desc())
                        .limit(1)
                        .offset(MOST_VISITED)))
                .execute();
    }

    /// Makes it a favourite of the caller's.
    ///
    /// @throws ProblemException VALIDATION when there are too many
    public void keep(WriteTransaction tx, EntityDefinition entity, Shortcut.Kind kind, String target) {
        int kept = tx.sql().fetchCount(TABLE, own(tx.context()), FAVOURITE.isNotNull());
        if (kept >= MOST_FAVOURITES) {
            throw ProblemException.invalid(List.of(Violation.of(null, "list-too-long", MOST_FAVOURITES)));
        }
        put(tx, entity, kind, target, FAVOURITE);
    }

    /// Makes it a favourite no longer.
    public void drop(WriteTransaction tx, EntityDefinition entity, Shortcut.Kind kind, String target) {
        Condition one = own(tx.context())
                .and(ENTITY.eq(entity.id()))
                .and(KIND.eq(kind.code()))
                .and(TARGET.eq(target));
        tx.sql().deleteFrom(TABLE).where(one, VISITED.isNull()).execute();
        tx.sql().update(TABLE).setNull(FAVOURITE).where(one).execute();
    }

    private void put(
            WriteTransaction tx,
            EntityDefinition entity,
            Shortcut.Kind kind,
            String target,
            Field<OffsetDateTime> moment) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        tx.sql()
                .insertInto(TABLE, TENANT, USER, ENTITY, KIND, TARGET, moment)
                .values(tx.tenant(), tx.context().user(), entity.id(), kind.code(), target, now)
                .onConflict(TENANT, USER, ENTITY, KIND, TARGET)
                .doUpdate()
                .set(moment, now)
                .execute();
    }

    private static Condition own(CallContext context) {
        return TENANT.eq(context.tenant()).and(USER.eq(context.user()));
    }

    private static Shortcut shortcut(String entity, Record row) {
        Shortcut.Kind kind = Shortcut.Kind.of(row.get(KIND)).orElseThrow();
        return new Shortcut(entity, kind, row.get(TARGET), instant(row.get(VISITED)), instant(row.get(FAVOURITE)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }
}
