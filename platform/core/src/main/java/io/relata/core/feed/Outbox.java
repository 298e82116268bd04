package io.relata.core.feed;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// What happened to a tenant's records, for those who follow it from a place of their own.
public final class Outbox {

    public static final Table<Record> TABLE = table(name("relata", "outbox"));
    public static final Field<UUID> TENANT = field(name("outbox", "tenant_id"), UUID.class);
    public static final Field<UUID> ID = field(name("outbox", "id"), UUID.class);
    public static final Field<Long> TX = field(name("outbox", "tx"), Long.class);
    public static final Field<OffsetDateTime> AT = field(name("outbox", "at"), OffsetDateTime.class);
    public static final Field<String> TYPE = field(name("outbox", "type"), String.class);
    public static final Field<UUID> ENTITY = field(name("outbox", "entity_id"), UUID.class);
    public static final Field<UUID> RECORD = field(name("outbox", "record_id"), UUID.class);
    public static final Field<JSONB> PAYLOAD = field(name("outbox", "payload"), JSONB.class);

    /// The place of one who has just begun to follow, to be inserted with [Place#LAST].
    public static final Field<Long> NOW =
            DSL.field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1", Long.class);

    private static final Field<UUID> WATCHED = DSL.field(DSL.name("watched", "entity"), UUID.class);

    private Outbox() {}

    /// How far a follower has come.
    ///
    /// @param tx the transaction of the last event that it saw
    /// @param id of that event
    public record Place(long tx, UUID id) {

        /// Behind every event of a transaction.
        public static final UUID LAST = new UUID(-1, -1);
    }

    /// Returns the next events of the entities, in the order in which they are complete: of each entity the next ones,
    /// and of those the next, with one walk along an index for each entity.
    public static List<Record> next(DSLContext sql, UUID tenant, Collection<UUID> entities, Place after, int most) {
        long horizon = ChangeFeed.horizon(sql);
        Table<?> next = DSL.lateral(DSL.select(TX, ID, AT, TYPE, ENTITY, RECORD, PAYLOAD)
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(WATCHED))
                .and(DSL.row(TX, ID).gt(after.tx(), after.id()))
                .and(TX.lt(horizon))
                .orderBy(TX, ID)
                .limit(most)
                .asTable(DSL.name("outbox")));
        return List.copyOf(sql.select(TX, ID, AT, TYPE, ENTITY, RECORD, PAYLOAD)
                .from(DSL.unnest(entities.toArray(UUID[]::new)).as(DSL.name("watched"), DSL.name("entity")))
                .crossJoin(next)
                .orderBy(TX, ID)
                .limit(most)
                .fetch());
    }

    /// Returns the place behind an event.
    public static Place behind(Record event) {
        return new Place(event.get(TX), event.get(ID));
    }
}
