package io.relata.core.query;

import com.fasterxml.uuid.Generators;
import io.relata.core.TestDatabase;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.WriteTransaction;
import io.relata.core.search.SearchIndex;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// A database with the test entities, records put in directly, and the reader as the application has it.
public final class QueryWorld {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    public static final DayOfWeek WEEK_START = WeekFields.of(Locale.ENGLISH).getFirstDayOfWeek();
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final UUID USER = UUID.fromString("00000000-0000-7000-8000-00000000000a");

    private final TestDatabase database;
    private final RecordingDataSource source;
    private final TenantTransaction transaction;
    private final RecordReader reader;

    private QueryWorld(TestDatabase database) {
        this.database = database;
        this.source = new RecordingDataSource(database.application());
        this.transaction = new TenantTransaction(source);
        this.reader = new RecordReader(transaction, Duration.ofSeconds(10));
    }

    public static QueryWorld create(LocalPostgres postgres) throws SQLException, IOException {
        TestDatabase database = TestDatabase.create(postgres, Files.createTempDirectory("no-plugins"));
        try (Connection owner = database.owner().getConnection()) {
            owner.createStatement().execute("call relata.create_record_family('deal')");
        }
        for (Object index : database.all("select replace(indexdef, 'record_shared', 'record_deal') from pg_indexes"
                + " where schemaname = 'relata' and indexname ~ '^record_shared_[tndsu][0-9]{2}$'")) {
            database.update(String.valueOf(index));
        }
        return new QueryWorld(database);
    }

    /// Lets the database look at what it holds, as it does from time to time by itself.
    public void analyze() {
        try (Connection owner = database.owner().getConnection()) {
            owner.createStatement().execute("analyze");
        } catch (SQLException exception) {
            throw new IllegalStateException(exception);
        }
    }

    public TestDatabase database() {
        return database;
    }

    public RecordingDataSource source() {
        return source;
    }

    public TenantTransaction transaction() {
        return transaction;
    }

    public RecordReader reader() {
        return reader;
    }

    public CallContext context(UUID tenant) {
        return context(tenant, Locale.ENGLISH);
    }

    public CallContext context(UUID tenant, Locale locale) {
        return new CallContext(
                tenant, USER, Set.of(), locale, ZONE, Currency.getInstance("USD"), "request", Origin.API);
    }

    public UUID insert(UUID tenant, EntityDefinition entity, Map<String, @Nullable Object> values) {
        UUID id = Generators.timeBasedEpochGenerator().generate();
        insert(tenant, entity, id, values);
        return id;
    }

    public void insert(UUID tenant, EntityDefinition entity, UUID id, Map<String, @Nullable Object> values) {
        RecordColumns columns = RecordColumns.of(entity);
        OffsetDateTime now = NOW.atOffset(ZoneOffset.UTC);
        List<Field<?>> fields = new ArrayList<>(List.of(
                columns.tenantId(),
                columns.entityId(),
                columns.id(),
                columns.createdAt(),
                columns.createdBy(),
                columns.updatedAt(),
                columns.updatedBy(),
                columns.version()));
        List<@Nullable Object> stored = new ArrayList<>(List.of(tenant, entity.id(), id, now, USER, now, USER, 1L));
        fields.addAll(columns.valueColumns());
        stored.addAll(columns.storedValues(values));
        List<Field<?>> names = fields.stream()
                .<Field<?>>map(field -> DSL.field(field.getUnqualifiedName(), field.getDataType()))
                .toList();
        transaction.call(tenant, sql -> {
            sql.insertInto(columns.table()).columns(names).values(stored).execute();
            new SearchIndex().added(write(sql, tenant), entity, Map.of(id, values));
            return id;
        });
    }

    private WriteTransaction write(DSLContext sql, UUID tenant) {
        return new WriteTransaction(sql, context(tenant), TestEntities.snapshot(tenant));
    }

    /// Puts in the same record many times.
    public void insertMany(UUID tenant, EntityDefinition entity, int count, Map<String, @Nullable Object> values) {
        RecordColumns columns = RecordColumns.of(entity);
        UUID first = insert(tenant, entity, values);
        List<Field<?>> copied = new ArrayList<>(List.of(
                columns.tenantId(),
                columns.entityId(),
                columns.createdAt(),
                columns.createdBy(),
                columns.updatedAt(),
                columns.updatedBy(),
                columns.version()));
        copied.addAll(columns.valueColumns());
        List<Field<?>> names = new ArrayList<>();
        copied.forEach(field -> names.add(DSL.field(field.getUnqualifiedName(), field.getDataType())));
        names.add(DSL.field(DSL.name("id"), UUID.class));
        List<Field<?>> selected = new ArrayList<>(copied);
        selected.add(DSL.uuid());
        transaction.call(
                tenant,
                sql -> sql.insertInto(columns.table())
                        .columns(names)
                        .select(DSL.select(selected)
                                .from(columns.table())
                                .crossJoin(DSL.generateSeries(DSL.inline(2), DSL.inline(count)))
                                .where(columns.belongsTo(tenant))
                                .and(columns.id().eq(first)))
                        .execute());
    }

    public void delete(UUID tenant, EntityDefinition entity, UUID id) {
        RecordColumns columns = RecordColumns.of(entity);
        transaction.call(tenant, sql -> {
            sql.update(columns.table())
                    .set(DSL.field(columns.state().getUnqualifiedName()), (Object) RecordColumns.DELETED)
                    .where(columns.belongsTo(tenant))
                    .and(columns.id().eq(id))
                    .execute();
            new SearchIndex().removed(write(sql, tenant), entity, List.of(id));
            return id;
        });
    }
}
