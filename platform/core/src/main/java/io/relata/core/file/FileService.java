package io.relata.core.file;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes files in, gives them back, and clears away those that nobody has. Thread-safe.
public final class FileService {

    /// What a tenant may keep where nothing else is said.
    static final long USUAL_BYTES = 10L << 30;

    /// What one file may have where nothing else is said.
    static final long USUAL_FILE_BYTES = 100L << 20;

    /// For how long a file can be given back to its record after somebody took it out.
    static final Duration KEPT = Duration.ofDays(30);

    /// For how long a file waits for its record to be saved.
    static final Duration WAITING = Duration.ofDays(1);

    /// Of a small image.
    public static final int EDGE = 320;

    private static final Logger LOG = LoggerFactory.getLogger(FileService.class);
    private static final UUID NO_TENANT = new UUID(0, 0);
    private static final int PORTION = 500;
    private static final int LONGEST_NAME = 200;
    private static final int HOLDERS = 20;
    private static final int AT_ONCE = 2;

    private final TenantTransaction transactions;
    private final FileStorage storage;
    private final FileTexts texts;
    private final Clock clock;
    private final Semaphore drawing = new Semaphore(AT_ONCE);

    public FileService(TenantTransaction transactions, FileStorage storage, Clock clock) {
        this.transactions = transactions;
        this.storage = storage;
        this.texts = new FileTexts(storage);
        this.clock = clock;
    }

    /// Takes the bytes of a file in; [#add] makes it the tenant's.
    ///
    /// @throws ProblemException TOO_LARGE, with what may be sent
    public StoredFile receive(CallContext context, String name, InputStream content) throws IOException {
        FileTable.Room room = room(context);
        FileStorage.Stored stored;
        try {
            stored = storage.store(context.tenant(), content, Math.max(0, Math.min(room.left(), room.oneFile())));
        } catch (FileStorage.TooLongException tooLong) {
            throw room.left() < room.oneFile()
                    ? ProblemException.of(ProblemCode.TOO_LARGE, "file-no-room")
                    : ProblemException.of(ProblemCode.TOO_LARGE, "file-too-large", megabytes(room.oneFile()));
        }
        return described(context, shortened(name), stored);
    }

    /// How many bytes a tenant may keep, and has.
    public record Standing(long limit, long used) {}

    /// Returns how many bytes the caller's tenant may keep, and has.
    public Standing standing(CallContext context) {
        FileTable.Room room = room(context);
        return new Standing(room.limit(), room.used());
    }

    private FileTable.Room room(CallContext context) {
        return transactions.call(context, sql -> FileTable.room(sql, context.tenant(), USUAL_BYTES, USUAL_FILE_BYTES));
    }

    private StoredFile described(CallContext context, String name, FileStorage.Stored stored) throws IOException {
        UUID tenant = context.tenant();
        String type;
        try (InputStream first = storage.open(tenant, stored.key(), 0)) {
            type = ContentTypes.of(first.readNBytes(ContentTypes.LOOKED_AT), name);
        }
        Optional<Pictures.Size> size = Optional.empty();
        if (ContentTypes.isPicture(type)) {
            try (InputStream content = storage.open(tenant, stored.key(), 0)) {
                size = Pictures.size(content);
            }
        }
        return new StoredFile(
                stored.key(),
                name,
                type,
                stored.size(),
                stored.hash(),
                size.map(Pictures.Size::width).orElse(null),
                size.map(Pictures.Size::height).orElse(null),
                context.user());
    }

    /// A name is what people read: without folders, and without what turns the order of letters around.
    private static String shortened(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain =
                last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}]", "").strip();
        int length = Math.min(plain.codePointCount(0, plain.length()), LONGEST_NAME);
        return plain.isEmpty() ? "file" : plain.substring(0, plain.offsetByCodePoints(0, length));
    }

    static long megabytes(long bytes) {
        return bytes >> 20;
    }

    /// Makes a file that was taken in one of the tenant's, in the caller's transaction.
    public void add(DSLContext sql, CallContext context, StoredFile file) {
        FileTable.insert(sql, context.tenant(), file, clock.instant());
    }

    /// Forgets a file that was taken in and not added.
    public void drop(CallContext context, StoredFile file) throws IOException {
        storage.delete(context.tenant(), file.id());
    }

    /// Returns the words in files.
    public FileTexts texts() {
        return texts;
    }

    /// A file and who has it.
    ///
    /// @param holders some of the records that have it
    public record Found(StoredFile file, List<FileTable.Holder> holders) {}

    /// Returns the file; whether the caller may see it, his records say.
    public Optional<Found> find(CallContext context, UUID id) {
        return transactions.call(
                context,
                sql -> FileTable.find(sql, context.tenant(), id)
                        .map(file -> new Found(file, FileTable.holders(sql, context.tenant(), id, HOLDERS))));
    }

    /// Returns the file's bytes from a place on.
    public InputStream open(CallContext context, StoredFile file, long from) throws IOException {
        return storage.open(context.tenant(), file.id(), from);
    }

    /// Returns a small image of the file, as PNG; nothing when it is none that can be made small.
    public Optional<byte[]> small(CallContext context, StoredFile file) throws IOException {
        if (!ContentTypes.isPicture(file.contentType())) {
            return Optional.empty();
        }
        drawing.acquireUninterruptibly();
        try (InputStream head = open(context, file, 0);
                InputStream content = open(context, file, 0)) {
            return Pictures.small(content, EDGE, Exif.orientation(head));
        } finally {
            drawing.release();
        }
    }

    /// Clears away files that no record has: after a month those that one had, after a day those that none ever had,
    /// and bytes that the database does not know.
    public void clear() {
        List<UUID> tenants = transactions.call(
                NO_TENANT,
                sql -> sql.select(DSL.field("filed.tenant", SQLDataType.UUID))
                        .from("relata.tenants_with_files() as filed(tenant)")
                        .fetch(0, UUID.class));
        for (UUID tenant : tenants) {
            try {
                clear(tenant);
            } catch (IOException exception) {
                LOG.warn("Files could not be cleared away; trying again later", exception);
            }
        }
    }

    /// Takes those of the files away at once that no record has, instead of after a month.
    public void erase(DSLContext sql, UUID tenant, Collection<UUID> ids) {
        try {
            for (UUID id : FileTable.erase(sql, tenant, ids)) {
                storage.delete(tenant, id);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private void clear(UUID tenant) throws IOException {
        Instant now = clock.instant();
        List<UUID> gone;
        do {
            gone = transactions.call(
                    tenant, sql -> FileTable.forget(sql, tenant, now.minus(KEPT), now.minus(WAITING), PORTION));
            for (UUID id : gone) {
                storage.delete(tenant, id);
            }
        } while (gone.size() == PORTION);
        storage.sweep(
                tenant,
                now.minus(WAITING),
                keys -> transactions.call(tenant, sql -> FileTable.known(sql, tenant, keys))::contains);
    }
}
