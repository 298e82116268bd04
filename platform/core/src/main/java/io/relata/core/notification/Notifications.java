package io.relata.core.notification;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.access.CallerAccess;
import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.id.Ids;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Setting;
import io.relata.core.query.Filter;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordReader;
import io.relata.core.query.Value;
import io.relata.core.record.RecordData;
import io.relata.core.sql.Rows;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What people are told in the application. Of a record only its id is kept: what its reader may see of it is filled in
/// whenever it is read, so that nothing is told to anybody that they may not know. Thread-safe.
public final class Notifications {

    private static final Duration KEPT = Duration.ofDays(90);

    private static final Table<Record> TABLE = table(name("relata", "notification"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> TEXT = field(name("text"), String.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = field(name("record_id"), UUID.class);
    private static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> READ_AT = field(name("read_at"), OffsetDateTime.class);

    private static final Value.Path RECORD_ID =
            new Value.Path(List.of(), new Property.OfRecord(Property.OfRecord.ID, ValueKind.UUID));

    /// Stands for what the reader may not see, or what is empty.
    private static final String NOTHING = "–";

    private final TenantTransaction transactions;
    private final Function<UUID, MetadataSnapshot> metadata;
    private final Ids ids;
    private final Clock clock;

    public Notifications(
            TenantTransaction transactions, Function<UUID, MetadataSnapshot> metadata, Ids ids, Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.ids = ids;
        this.clock = clock;
    }

    /// Something to tell.
    ///
    /// @param to   a user, or a team, of which all members are told
    /// @param text with the record's properties in braces
    public record Told(UUID to, UUID record, String text) {}

    /// Tells people, in the transaction in which it happens; with the same few statements however many there are.
    public void tell(DSLContext sql, UUID tenant, EntityDefinition entity, List<Told> all) {
        if (all.isEmpty()) {
            return;
        }
        Map<UUID, List<UUID>> teams = teams(sql, tenant, all);
        Rows rows = new Rows(List.of(ID, USER, TEXT, RECORD))
                .same(TENANT, tenant)
                .same(ENTITY, entity.id())
                .same(CREATED_AT, now());
        for (Told told : all) {
            for (UUID user : teams.getOrDefault(told.to(), List.of(told.to()))) {
                rows.add(List.of(ids.next(), user, told.text(), told.record()));
            }
        }
        rows.insertInto(sql, TABLE);
    }

    private Map<UUID, List<UUID>> teams(DSLContext sql, UUID tenant, List<Told> all) {
        Set<UUID> to = all.stream().map(Told::to).collect(Collectors.toCollection(LinkedHashSet::new));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Map<UUID, List<UUID>> teams = new HashMap<>();
        sql.select(field(name("team_id"), UUID.class), field(name("user_id"), UUID.class))
                .from(table(name("relata", "access_member")))
                .where(TENANT.eq(tenant))
                .and(field(name("team_id"), UUID.class).eq(DSL.any(to.toArray(UUID[]::new))))
                .and(DSL.coalesce(field(name("first_day"), LocalDate.class), today)
                        .le(today))
                .and(DSL.coalesce(field(name("last_day"), LocalDate.class), today)
                        .ge(today))
                .forEach(row -> teams.computeIfAbsent(row.value1(), team -> new ArrayList<>())
                        .add(row.value2()));
        return teams;
    }

    /// Returns what the caller is told, the newest first.
    ///
    /// @param after those older than this one; `null` for the newest
    public List<Notification> list(CallContext context, @Nullable UUID after, int top) {
        Condition older = after == null ? DSL.noCondition() : ID.lt(after);
        return transactions.call(context, sql -> {
            List<Record> rows = List.copyOf(sql.selectFrom(TABLE)
                    .where(own(context))
                    .and(older)
                    .orderBy(ID.desc())
                    .limit(top)
                    .fetch());
            return filled(sql, context, rows);
        });
    }

    /// Returns how many the caller has not read; counted no further than 100.
    public int unread(CallContext context) {
        return transactions.read(context.tenant(), sql -> unread(sql, context));
    }

    private static int unread(DSLContext sql, CallContext context) {
        return sql.fetchCount(DSL.selectOne()
                .from(TABLE)
                .where(own(context))
                .and(READ_AT.isNull())
                .limit(100));
    }

    /// Says that the caller has read some, or all.
    ///
    /// @param read `null` for all
    /// @return how many are left
    public int read(DSLContext sql, CallContext context, @Nullable List<UUID> read) {
        sql.update(TABLE)
                .set(READ_AT, now())
                .where(own(context))
                .and(READ_AT.isNull())
                .and(read == null ? DSL.noCondition() : ID.eq(DSL.any(read.toArray(UUID[]::new))))
                .execute();
        return unread(sql, context);
    }

    /// Removes a bounded number of the tenant's oldest.
    ///
    /// @return whether there may be more
    public boolean purge(DSLContext sql, UUID tenant, int most) {
        OffsetDateTime before = now().minus(KEPT);
        var old = DSL.select(ID)
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .and(CREATED_AT.lt(before))
                .orderBy(CREATED_AT)
                .limit(most);
        return sql.deleteFrom(TABLE).where(TENANT.eq(tenant)).and(ID.in(old)).execute() == most;
    }

    private static Condition own(CallContext context) {
        return TENANT.eq(context.tenant()).and(USER.eq(context.user()));
    }

    /// One statement for each entity whose records are spoken of.
    private List<Notification> filled(DSLContext sql, CallContext context, List<Record> rows) {
        Map<UUID, EntityDefinition> seen =
                CallerAccess.of(sql, context).seen(metadata.apply(context.tenant())).entities().stream()
                        .collect(Collectors.toMap(EntityDefinition::id, one -> one));
        Map<UUID, RecordData> records = new HashMap<>();
        Map<UUID, List<Record>> byEntity = rows.stream().collect(Collectors.groupingBy(row -> row.get(ENTITY)));
        byEntity.forEach((id, theirs) -> Optional.ofNullable(seen.get(id))
                .ifPresent(entity -> records.putAll(records(sql, context, entity, theirs))));
        return rows.stream()
                .map(row -> filled(row, seen.get(row.get(ENTITY)), records.get(row.get(RECORD)), context))
                .toList();
    }

    private static Map<UUID, RecordData> records(
            DSLContext sql, CallContext context, EntityDefinition entity, List<Record> rows) {
        List<Value.Literal> wanted = rows.stream()
                .map(row -> row.get(RECORD))
                .distinct()
                .map(id -> new Value.Literal(ValueKind.UUID, id))
                .toList();
        Set<String> named = rows.stream()
                .flatMap(row -> Placeholders.in(row.get(TEXT)).stream())
                .collect(Collectors.toSet());
        Set<String> beside = entity.fields().stream()
                .filter(field -> named.contains(field.property()))
                .flatMap(field -> Optional.ofNullable(field.settings().get(Setting.CURRENCY_FIELD)).stream())
                .collect(Collectors.toSet());
        List<FieldDefinition> fields = entity.fields().stream()
                .filter(field -> named.contains(field.property()) || beside.contains(field.name()))
                .toList();
        Query query = new Query(
                new Query.Selection(entity, new Filter.In(RECORD_ID, wanted), null),
                List.of(),
                fields,
                List.of(),
                wanted.size(),
                false,
                0,
                null);
        return RecordReader.page(sql, context, query, Way.LIST).records().stream()
                .collect(Collectors.toMap(RecordData::id, record -> record));
    }

    /// Returns a text with what its placeholders stand for, as the caller reads it.
    ///
    /// @param entity `null` when the caller does not see it
    /// @param record with what the text names; `null` when the caller does not see it
    public static String text(
            String template, @Nullable EntityDefinition entity, @Nullable RecordData record, CallContext context) {
        return Placeholders.fill(template, property -> {
            FieldDefinition field = entity == null ? null : entity.byProperty().get(property);
            return field == null || record == null ? NOTHING : shown(field, record, context);
        });
    }

    private static Notification filled(
            Record row, @Nullable EntityDefinition entity, @Nullable RecordData record, CallContext context) {
        String text = text(row.get(TEXT), entity, record, context);
        return new Notification(
                row.get(ID),
                text,
                entity == null || record == null ? null : entity.name(),
                entity == null || record == null ? null : record.id(),
                row.get(CREATED_AT).toInstant(),
                instant(row.get(READ_AT)));
    }

    private static String shown(FieldDefinition field, RecordData record, CallContext context) {
        Object value = record.value(field.name());
        if (value == null) {
            return NOTHING;
        }
        String beside = field.settings().get(Setting.CURRENCY_FIELD);
        Object currency = beside == null ? null : record.value(beside);
        return field.masked()
                ? value.toString()
                : field.type().shown(field, value, context, currency == null ? null : currency.toString());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
        return moment == null ? null : moment.toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
