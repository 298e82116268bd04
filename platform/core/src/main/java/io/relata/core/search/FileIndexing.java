package io.relata.core.search;

import io.relata.core.file.FileService;
import io.relata.core.file.FileTexts;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.OutdatedException;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import io.relata.core.tenant.DatabaseUnavailableException;
import io.relata.core.tenant.TenantBusyException;
import io.relata.core.tenant.TenantTransaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the files that records got and puts their words into the index, after the records were saved: tenants in turn,
/// a few files at a time. What is to be read stands in the database, so that another process goes on where one ended.
public final class FileIndexing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileIndexing.class);

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /// Of one tenant, before the next has its turn.
    private static final int AT_ONCE = 10;

    private final TenantTransaction transactions;
    private final FileService files;
    private final Function<UUID, MetadataSnapshot> snapshots;
    private final RecordWriter writer;
    private final SearchIndex index = new SearchIndex();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FileIndexing(
            TenantTransaction transactions,
            FileService files,
            Function<UUID, MetadataSnapshot> snapshots,
            RecordWriter writer) {
        this.transactions = transactions;
        this.files = files;
        this.snapshots = snapshots;
        this.writer = writer;
    }

    /// Goes on until it is closed.
    public void run() {
        boolean more = false;
        try {
            while (!closed.await(more ? 0 : LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                more = look();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }

    /// Reads some files of each tenant that has any to read.
    ///
    /// @return whether there were any
    boolean look() {
        try {
            boolean more = false;
            for (UUID tenant : transactions.call(NO_TENANT, FileTexts::waiting)) {
                more |= readSome(tenant);
            }
            return more;
        } catch (DataAccessException | DatabaseUnavailableException | TenantBusyException exception) {
            LOG.warn("Looking for files to read failed; trying again", exception);
            return false;
        }
    }

    private boolean readSome(UUID tenant) {
        List<FileTexts.Use> uses =
                transactions.call(tenant, sql -> files.texts().take(sql, tenant, AT_ONCE));
        uses.forEach(use -> read(tenant, use));
        return !uses.isEmpty();
    }

    /// A file that cannot be had now is tried again when its lease has ended.
    private void read(UUID tenant, FileTexts.Use use) {
        if (closed.getCount() == 0) {
            return;
        }
        try {
            String words = words(tenant, use);
            MetadataSnapshot snapshot = snapshots.apply(tenant);
            Optional<EntityDefinition> entity = snapshot.entities().stream()
                    .filter(one -> one.id().equals(use.entity()))
                    .findFirst();
            transactions.call(
                    tenant,
                    sql -> writer.within(
                            sql, SearchUpkeep.system(tenant), snapshot, tx -> index(tx, entity, use, words)));
        } catch (IOException | DataAccessException | OutdatedException exception) {
            LOG.warn("A file could not be read for the search; trying again later", exception);
        }
    }

    private String words(UUID tenant, FileTexts.Use use) throws IOException {
        Optional<String> known = transactions.call(tenant, sql -> files.texts().known(sql, tenant, use.file()));
        if (known.isPresent()) {
            return known.get();
        }
        Optional<FileService.Found> found = files.find(SearchUpkeep.system(tenant), use.file());
        String words =
                found.isPresent() ? files.texts().read(tenant, found.get().file()) : "";
        return transactions.call(tenant, sql -> files.texts().keep(sql, tenant, use.file(), words));
    }

    /// Whoever changed the record meanwhile has it read again.
    private Boolean index(WriteTransaction tx, Optional<EntityDefinition> entity, FileTexts.Use use, String words) {
        boolean there = entity.isPresent() && lock(tx, entity.get(), use.record());
        boolean same = FileTexts.taken(tx.sql(), tx.tenant(), use);
        if (there && same && SearchFields.of(entity.get()).fileNames().contains(use.field())) {
            index.read(tx, entity.get(), use.record(), use.field(), words);
        }
        return same;
    }

    private static boolean lock(WriteTransaction tx, EntityDefinition entity, UUID record) {
        RecordColumns columns = RecordColumns.of(entity);
        return tx.sql()
                .selectOne()
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(record))
                .forUpdate()
                .fetchOptional()
                .isPresent();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
