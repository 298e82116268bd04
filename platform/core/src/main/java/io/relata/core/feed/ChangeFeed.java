package io.relata.core.feed;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.Document;
import io.relata.core.record.Reach;
import io.relata.core.sql.StoredDocument;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// All changes of an entity's records, in an order that never grows in the middle: what a reader has passed stays
/// complete, although transactions commit in any order. Thread-safe.
///
/// An event is shown when every transaction with a smaller number has ended. A reader goes on behind the pair of
/// transaction and event that it saw last.
public final class ChangeFeed {

    /// How far back a reader may go.
    public static final Duration KEPT = Duration.ofDays(7);

    /// How much longer events are there, so that a reader at the very beginning is not overtaken while it reads.
    static final Duration GRACE = Duration.ofDays(1);

    private static final String NOW = "now";
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    private static final Field<String> TYPE = field(name("type"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<JSONB> PAYLOAD = field(name("payload"), JSONB.class);
    private static final Field<Long> TX = field(name("tx"), Long.class);

    private final TenantTransaction transactions;
    private final Clock clock;

    public ChangeFeed(TenantTransaction transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// A part of the feed.
    ///
    /// @param cursor where to go on
    /// @param more   whether there was more when this was read
    public record Page(List<Event> events, String cursor, boolean more) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /// One change of one record.
    ///
    /// @param action  `create`, `update`, `delete` or `restore`
    /// @param changes the fields that changed; of a deletion and a restoration, all that had a value
    public record Event(
            UUID record, String action, Instant at, UUID actor, String origin, long version, List<Change> changes) {

        public Event {
            changes = List.copyOf(changes);
        }

        /// Returns what the outbox says of a change, as far as its fields are those of the entity.
        ///
        /// @param type `record.` and the action
        public static Event of(EntityDefinition entity, UUID record, String type, Instant at, JSONB payload) {
            JsonNode said = StoredDocument.parse(payload);
            List<Change> changes = new ArrayList<>();
            for (JsonNode change : said.path("changes")) {
                entity.field(change.path("field").asText())
                        .ifPresent(field -> changes.add(new Change(
                                field.property(),
                                Document.shown(field, change.path("old")),
                                Document.shown(field, change.path("new")))));
            }
            return new Event(
                    record,
                    type.substring(type.indexOf('.') + 1),
                    at,
                    UUID.fromString(said.path("actor").asText()),
                    said.path("origin").asText(),
                    said.path("version").asLong(),
                    changes);
        }
    }

    /// One field's change; the values as the API shows them.
    ///
    /// @param property the field's name in the API
    public record Change(String property, JsonNode before, JsonNode after) {}

    /// Returns the changes behind the cursor.
    ///
    /// @param cursor of the page before; `now` to begin with what comes; `null` to begin as far back as possible
    /// @throws ProblemException INVALID_QUERY when the cursor is none; GONE when what comes behind it is not kept any
    ///     more
    public Page read(CallContext context, EntityDefinition entity, @Nullable String cursor, int most) {
        Instant now = clock.instant();
        FeedCursor after = cursor == null || cursor.equals(NOW) ? null : FeedCursor.read(cursor);
        if (after != null && after.at().isBefore(now.minus(KEPT).minus(GRACE.dividedBy(2)))) {
            throw ProblemException.of(ProblemCode.GONE, "feed-cursor-expired", KEPT.toDays());
        }
        Condition from = after == null
                ? AT.ge(now.minus(KEPT).atOffset(ZoneOffset.UTC))
                : row(TX, ID).gt(after.tx(), after.id());
        return transactions.call(context, sql -> {
            long horizon = horizon(sql);
            FeedCursor end = new FeedCursor(horizon - 1, Outbox.Place.LAST, now);
            if (NOW.equals(cursor)) {
                return new Page(List.of(), end.text(), false);
            }
            List<Record> rows = rows(sql, context, entity, from.and(TX.lt(horizon)), most + 1);
            boolean more = rows.size() > most;
            List<Record> shown = more ? rows.subList(0, most) : rows;
            List<Event> events = shown.stream()
                    .map(one -> Event.of(
                            entity, one.get(RECORD), one.get(TYPE), one.get(AT).toInstant(), one.get(PAYLOAD)))
                    .toList();
            written(sql, context, entity, events);
            return new Page(events, (more ? cursor(shown.getLast()) : end).text(), more);
        });
    }

    private static void written(DSLContext sql, CallContext context, EntityDefinition entity, List<Event> shown) {
        SensitiveReads reads = new SensitiveReads(SensitiveReads.Way.FEED);
        Set<String> watched = new HashSet<>();
        entity.fields().stream().filter(FieldDefinition::watched).forEach(field -> watched.add(field.property()));
        for (Event event : shown) {
            event.changes().stream()
                    .map(Change::property)
                    .filter(watched::contains)
                    .forEach(property -> reads.shown(entity.id(), event.record(), property));
        }
        reads.write(sql, context);
    }

    /// Asked before the events are, in a statement of its own: whatever had ended then is seen by the next statement.
    public static long horizon(DSLContext sql) {
        return sql.select(field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class))
                .fetchSingle()
                .value1();
    }

    private static List<Record> rows(
            DSLContext sql, CallContext context, EntityDefinition entity, Condition condition, int most) {
        return List.copyOf(sql.select(TX, ID, AT, TYPE, RECORD, PAYLOAD)
                .from(table(name("relata", "outbox")))
                .where(TENANT.eq(context.tenant()))
                .and(ENTITY.eq(entity.id()))
                .and(condition)
                .and(Reach.of(CallerAccess.of(sql, context), entity, Privilege.READ)
                        .holds(field(name("outbox", "record_id"), UUID.class)))
                .orderBy(TX, ID)
                .limit(most)
                .fetch());
    }

    private static FeedCursor cursor(Record last) {
        return new FeedCursor(last.get(TX), last.get(ID), last.get(AT).toInstant());
    }

    /// Removes a bounded number of the tenant's oldest events, those no reader can ask for any more.
    ///
    /// @return whether there may be more
    public boolean purge(DSLContext sql, UUID tenant, int most) {
        var old = sql.select(ID)
                .from(table(name("relata", "outbox")))
                .where(TENANT.eq(tenant))
                .and(ID.lt(oldest()))
                .orderBy(ID)
                .limit(most);
        return sql.deleteFrom(table(name("relata", "outbox")))
                        .where(TENANT.eq(tenant))
                        .and(ID.in(old))
                        .execute()
                == most;
    }

    /// Returns the smallest id that an event may have which is kept: ids of version 7 begin with the time.
    public UUID oldest() {
        long millis = clock.instant().minus(KEPT).minus(GRACE).toEpochMilli();
        return new UUID(millis << 16 | 0x7000L, 0x8000000000000000L);
    }
}
