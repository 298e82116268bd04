package io.relata.core.file;

import io.relata.core.file.reading.WordReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// The words in files, read once and kept, and which files of records are still to be read for the search. Thread-safe.
public final class FileTexts {

    /// For how long nobody else reads a file that somebody began to read.
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final FileStorage storage;
    private final WordReader reader = new WordReader();

    FileTexts(FileStorage storage) {
        this.storage = storage;
    }

    /// A file that a record has.
    public record Use(UUID entity, UUID record, String field, UUID file) {}

    /// Has the files that records have in some fields read, from now on.
    public static void await(
            DSLContext sql, UUID tenant, UUID entity, Collection<UUID> records, Collection<String> fields) {
        sql.execute(
                "update relata.file_use set to_read = now() where tenant_id = {0} and entity_id = {1}"
                        + " and record_id = any({2}) and field = any({3})",
                DSL.val(tenant),
                DSL.val(entity),
                DSL.val(records.toArray(UUID[]::new)),
                DSL.val(fields.toArray(String[]::new), SQLDataType.CLOB.getArrayDataType()));
    }

    /// Returns some that are to be read, which nobody else is given for a while.
    public List<Use> take(DSLContext sql, UUID tenant, int most) {
        return sql.fetch(
                        "update relata.file_use used set to_read = now() + {1} from ("
                                + "select entity_id, record_id, field from relata.file_use"
                                + " where tenant_id = {0} and to_read <= now() order by to_read limit {2}"
                                + " for update skip locked) as next"
                                + " where used.tenant_id = {0} and used.entity_id = next.entity_id"
                                + " and used.record_id = next.record_id and used.field = next.field"
                                + " returning used.entity_id, used.record_id, used.field, used.file_id",
                        DSL.val(tenant),
                        DSL.field("make_interval(secs => {0})", DSL.val(LEASE.toSeconds())),
                        DSL.val(most))
                .map(row -> new Use(
                        row.get(0, UUID.class),
                        row.get(1, UUID.class),
                        row.get(2, String.class),
                        row.get(3, UUID.class)));
    }

    /// Says that a file has been read for a record.
    ///
    /// @return whether the record still has it
    public static boolean taken(DSLContext sql, UUID tenant, Use use) {
        return sql.execute(
                        "update relata.file_use set to_read = null where tenant_id = {0} and entity_id = {1}"
                                + " and record_id = {2} and field = {3} and file_id = {4}",
                        DSL.val(tenant),
                        DSL.val(use.entity()),
                        DSL.val(use.record()),
                        DSL.val(use.field(), SQLDataType.CLOB),
                        DSL.val(use.file()))
                > 0;
    }

    /// Returns the words of the file in a field of a record, as a value of a query.
    ///
    /// @param record the record's id in that query
    public static Field<String> of(UUID tenant, UUID entity, Field<UUID> record, String field) {
        return DSL.field(
                "(select words.text from relata.file_use used join relata.file_text words"
                        + " on words.tenant_id = used.tenant_id and words.file_id = used.file_id"
                        + " where used.tenant_id = {0} and used.entity_id = {1} and used.record_id = {2}"
                        + " and used.field = {3})",
                SQLDataType.CLOB, DSL.val(tenant), DSL.val(entity), record, DSL.val(field, SQLDataType.CLOB));
    }

    /// Returns what was read in a file before.
    public Optional<String> known(DSLContext sql, UUID tenant, UUID file) {
        return sql.fetchOptional(
                        "select text from relata.file_text where tenant_id = {0} and file_id = {1}",
                        DSL.val(tenant), DSL.val(file))
                .map(row -> row.get(0, String.class));
    }

    /// Reads a file, which may take a minute: outside any transaction.
    ///
    /// @throws IOException when its bytes cannot be had
    public String read(UUID tenant, StoredFile file) throws IOException {
        try (InputStream content = storage.open(tenant, file.id(), 0)) {
            return reader.read(file.contentType(), file.size(), content);
        }
    }

    /// Keeps what was read, as long as the file is there.
    ///
    /// @return the text
    public String keep(DSLContext sql, UUID tenant, UUID file, String text) {
        sql.execute(
                "insert into relata.file_text (tenant_id, file_id, text) select {0}, file.id, {2}"
                        + " from relata.file file where file.tenant_id = {0} and file.id = {1} on conflict do nothing",
                DSL.val(tenant), DSL.val(file), DSL.val(text, SQLDataType.CLOB));
        return text;
    }

    /// Returns the tenants that have something to read: ids only.
    public static List<UUID> waiting(DSLContext sql) {
        return sql.select(DSL.field("waiting.tenant", SQLDataType.UUID))
                .from("relata.tenants_with_files_to_read() as waiting(tenant)")
                .join("control.tenant")
                .on("control.tenant.id = waiting.tenant and control.tenant.status = 'active'")
                .fetch(0, UUID.class);
    }
}
