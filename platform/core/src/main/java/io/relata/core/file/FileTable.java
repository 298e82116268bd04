package io.relata.core.file;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// What the database knows of files and of who has them.
public final class FileTable {

    private static final Table<?> FILE = DSL.table(DSL.name("relata", "file"));
    private static final Table<?> USE = DSL.table(DSL.name("relata", "file_use"));
    private static final Field<UUID> TENANT = DSL.field(DSL.name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), UUID.class);
    private static final Field<String> NAME = DSL.field(DSL.name("name"), String.class);
    private static final Field<String> TYPE = DSL.field(DSL.name("content_type"), String.class);
    private static final Field<Long> SIZE = DSL.field(DSL.name("size"), Long.class);
    private static final Field<String> HASH = DSL.field(DSL.name("hash"), String.class);
    private static final Field<Integer> WIDTH = DSL.field(DSL.name("width"), Integer.class);
    private static final Field<Integer> HEIGHT = DSL.field(DSL.name("height"), Integer.class);
    private static final Field<OffsetDateTime> RELEASED = DSL.field(DSL.name("released_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> CREATED = DSL.field(DSL.name("created_at"), OffsetDateTime.class);
    private static final Field<UUID> CREATOR = DSL.field(DSL.name("created_by"), UUID.class);
    private static final Field<Boolean> USED = DSL.field(DSL.name("used"), Boolean.class);
    private static final Field<UUID> ENTITY = DSL.field(DSL.name("entity_id"), UUID.class);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), UUID.class);
    private static final Field<String> USED_FIELD = DSL.field(DSL.name("field"), String.class);
    private static final Field<UUID> USED_FILE = DSL.field(DSL.name("file_id"), UUID.class);

    private FileTable() {}

    /// That a field of a record has a file, or none any more.
    public record Use(UUID record, String field, @Nullable UUID file) {}

    /// A record that has a file, and the field in which.
    public record Holder(UUID entity, UUID record, String field) {}

    static void insert(DSLContext sql, UUID tenant, StoredFile file, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        sql.insertInto(FILE)
                .columns(TENANT, ID, NAME, TYPE, SIZE, HASH, WIDTH, HEIGHT, RELEASED, CREATED, CREATOR)
                .values(
                        tenant,
                        file.id(),
                        file.name(),
                        file.contentType(),
                        file.size(),
                        file.hash(),
                        file.width(),
                        file.height(),
                        at,
                        at,
                        file.createdBy())
                .execute();
    }

    /// Returns the tenant's files with the ids, and keeps them from being cleared away until the transaction ends.
    public static Map<UUID, StoredFile> held(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        Map<UUID, StoredFile> files = new HashMap<>();
        sql.select(ID, NAME, TYPE, SIZE, HASH, WIDTH, HEIGHT, CREATOR)
                .from(FILE)
                .where(TENANT.eq(tenant))
                .and(ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .orderBy(ID)
                .forShare()
                .forEach(row -> files.put(row.get(ID), read(row)));
        return files;
    }

    static Optional<StoredFile> find(DSLContext sql, UUID tenant, UUID id) {
        return sql.select(ID, NAME, TYPE, SIZE, HASH, WIDTH, HEIGHT, CREATOR)
                .from(FILE)
                .where(TENANT.eq(tenant))
                .and(ID.eq(id))
                .fetchOptional(FileTable::read);
    }

    private static StoredFile read(Record row) {
        return new StoredFile(
                row.get(ID),
                row.get(NAME),
                row.get(TYPE),
                row.get(SIZE),
                row.get(HASH),
                row.get(WIDTH),
                row.get(HEIGHT),
                row.get(CREATOR));
    }

    /// Returns some of the records that have the file.
    static List<Holder> holders(DSLContext sql, UUID tenant, UUID file, int most) {
        return sql.select(ENTITY, RECORD, USED_FIELD)
                .from(USE)
                .where(TENANT.eq(tenant))
                .and(USED_FILE.eq(file))
                .orderBy(ENTITY, RECORD, USED_FIELD)
                .limit(most)
                .fetch(row -> new Holder(row.value1(), row.value2(), row.value3()));
    }

    /// Returns the records that have one of the files, by the file.
    public static Map<UUID, List<Holder>> holders(DSLContext sql, UUID tenant, Collection<UUID> files) {
        return sql.select(USED_FILE, ENTITY, RECORD, USED_FIELD)
                .from(USE)
                .where(TENANT.eq(tenant))
                .and(USED_FILE.eq(DSL.any(files.toArray(UUID[]::new))))
                .fetchGroups(USED_FILE, row -> new Holder(row.get(ENTITY), row.get(RECORD), row.get(USED_FIELD)));
    }

    /// Says which files records of the entity have from now on.
    ///
    /// @param before the files that they had
    public static void use(
            DSLContext sql, UUID tenant, UUID entity, List<Use> uses, Collection<UUID> before, Instant now) {
        UUID[] records = uses.stream().map(Use::record).toArray(UUID[]::new);
        String[] fields = uses.stream().map(Use::field).toArray(String[]::new);
        UUID[] files = uses.stream().map(Use::file).toArray(UUID[]::new);
        sql.execute(
                "delete from relata.file_use used using unnest({2}, {3}) as was (record, field)"
                        + " where used.tenant_id = {0} and used.entity_id = {1} and used.record_id = was.record"
                        + " and used.field = was.field",
                DSL.val(tenant), DSL.val(entity), DSL.val(records), DSL.val(fields));
        sql.execute(
                "insert into relata.file_use (tenant_id, entity_id, record_id, field, file_id)"
                        + " select {0}, {1}, now.record, now.field, now.file"
                        + " from unnest({2}, {3}, {4}) as now (record, field, file) where now.file is not null",
                DSL.val(tenant), DSL.val(entity), DSL.val(records), DSL.val(fields), DSL.val(files));
        UUID[] touched = Stream.concat(before.stream(), uses.stream().map(Use::file))
                .filter(Objects::nonNull)
                .distinct()
                .toArray(UUID[]::new);
        sql.execute(
                "update relata.file file set used = true, released_at = case when exists"
                        + " (select from relata.file_use used where used.tenant_id = {0} and used.file_id = file.id)"
                        + " then null else {2} end where file.tenant_id = {0} and file.id = any({1})",
                DSL.val(tenant), DSL.val(touched), DSL.val(now.atOffset(ZoneOffset.UTC)));
    }

    /// Says that records of the entity have no file in a field any more.
    public static void leave(
            DSLContext sql, UUID tenant, UUID entity, String field, Collection<UUID> records, Instant now) {
        List<UUID> files = sql.select(USED_FILE)
                .from(USE)
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(entity))
                .and(USED_FIELD.eq(field))
                .and(RECORD.eq(DSL.any(records.toArray(UUID[]::new))))
                .fetch(USED_FILE);
        use(
                sql,
                tenant,
                entity,
                records.stream().map(record -> new Use(record, field, null)).toList(),
                files,
                now);
    }

    /// Forgets files that no record has had for long, and those that none ever had.
    ///
    /// @return their ids
    static List<UUID> forget(DSLContext sql, UUID tenant, Instant released, Instant neverUsed, int most) {
        return sql.deleteFrom(FILE)
                .where(TENANT.eq(tenant))
                .and(ID.in(DSL.select(ID)
                        .from(FILE)
                        .where(TENANT.eq(tenant))
                        .and(RELEASED.lt(DSL.when(USED, released.atOffset(ZoneOffset.UTC))
                                .otherwise(neverUsed.atOffset(ZoneOffset.UTC))))
                        .limit(most)
                        .forUpdate()
                        .skipLocked()))
                .returningResult(ID)
                .fetch(ID);
    }

    /// Forgets those of the files that no record has.
    ///
    /// @return their ids
    static List<UUID> erase(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        return sql.deleteFrom(FILE)
                .where(TENANT.eq(tenant))
                .and(ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .and(DSL.notExists(DSL.selectOne()
                        .from(USE)
                        .where(DSL.field(DSL.name("file_use", "tenant_id"), UUID.class)
                                .eq(tenant))
                        .and(USED_FILE.eq(DSL.field(DSL.name("file", "id"), UUID.class)))))
                .returningResult(ID)
                .fetch(ID);
    }

    static Set<UUID> known(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        return sql.select(ID)
                .from(FILE)
                .where(TENANT.eq(tenant))
                .and(ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                .fetchSet(ID);
    }

    /// How much a tenant may keep, and has.
    ///
    /// @param oneFile how much one file may have
    record Room(long limit, long used, long oneFile) {

        long left() {
            return limit - used;
        }
    }

    static Room room(DSLContext sql, UUID tenant, long usual, long usualOfOne) {
        Record row = sql.fetchSingle(
                "select coalesce(limits.bytes, {1}) as most, coalesce((select sum(file.size) from relata.file file"
                        + " where file.tenant_id = {0}), 0) as used, coalesce(limits.file_bytes, {2}) as one_file"
                        + " from (select 1) one left join control.file_limits limits on limits.tenant_id = {0}",
                DSL.val(tenant), DSL.val(usual), DSL.val(usualOfOne));
        return new Room(row.get("most", Long.class), row.get("used", Long.class), row.get("one_file", Long.class));
    }
}
