package io.relata.core.record;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.file.FileTable;
import io.relata.core.file.StoredFile;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The files of records in one set-based save: one statement to look those up that were sent, and three to say who has
/// them, whatever the number of records; none where no file changes.
final class Attachments {

    private static final String ID = "id";

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final List<FieldDefinition> fields;

    Attachments(WriteTransaction tx, EntityDefinition entity) {
        this.tx = tx;
        this.entity = entity;
        this.fields = entity.fields().stream()
                .filter(field -> field.type().holdsFile())
                .toList();
    }

    /// Puts what is known of the files in place of the ids that were sent. What the caller has no right to stays an id,
    /// which no field takes.
    void resolve(List<RecordDraft> drafts) {
        Set<UUID> wanted = new HashSet<>();
        for (FieldDefinition field : fields) {
            for (RecordDraft draft : drafts) {
                UUID now = id(draft.value(field));
                if (now != null && now.equals(id(draft.valueBefore(field)))) {
                    draft.set(field, draft.valueBefore(field));
                } else if (now != null) {
                    wanted.add(now);
                }
            }
        }
        if (!wanted.isEmpty()) {
            Map<UUID, StoredFile> files = FileTable.held(tx.sql(), tx.tenant(), wanted);
            files.keySet().retainAll(own(files));
            for (FieldDefinition field : fields) {
                drafts.stream()
                        .filter(draft -> draft.value(field) != null && draft.changed(field))
                        .forEach(draft -> put(draft, field, files.get(id(draft.value(field)))));
            }
        }
    }

    /// Returns the files that the caller sent, and those of records that the caller may read, in fields that the caller
    /// sees: who only knows a file's id must not come to see it by giving it to a record.
    private Set<UUID> own(Map<UUID, StoredFile> files) {
        Set<UUID> own = new HashSet<>();
        Set<UUID> others = new HashSet<>();
        files.forEach((id, file) -> (file.createdBy().equals(tx.context().user()) ? own : others).add(id));
        if (others.isEmpty()) {
            return own;
        }
        Map<UUID, List<FileTable.Holder>> holders = FileTable.holders(tx.sql(), tx.tenant(), others);
        Set<RecordRef> readable = readable(holders.values());
        holders.forEach((id, having) -> {
            if (having.stream().anyMatch(holder -> shown(holder) && readable.contains(record(holder)))) {
                own.add(id);
            }
        });
        return own;
    }

    private boolean shown(FileTable.Holder holder) {
        return tx.seen().entities().stream()
                .anyMatch(one -> one.id().equals(holder.entity())
                        && one.field(holder.field()).isPresent());
    }

    private static RecordRef record(FileTable.Holder holder) {
        return new RecordRef(holder.entity(), holder.record());
    }

    private Set<RecordRef> readable(Collection<List<FileTable.Holder>> holders) {
        CallerAccess access = CallerAccess.of(tx.sql(), tx.context());
        Map<UUID, Set<UUID>> records = new HashMap<>();
        holders.forEach(
                having -> having.forEach(holder -> records.computeIfAbsent(holder.entity(), entityId -> new HashSet<>())
                        .add(holder.record())));
        Set<RecordRef> readable = new HashSet<>();
        tx.snapshot().entities().stream()
                .filter(one -> records.containsKey(one.id()))
                .forEach(one -> {
                    RecordColumns columns = RecordColumns.of(one);
                    UUID[] ids = records.getOrDefault(one.id(), Set.of()).toArray(UUID[]::new);
                    tx.sql()
                            .select(columns.id())
                            .from(columns.table())
                            .where(columns.live(tx.tenant()))
                            .and(columns.id().eq(DSL.any(ids)))
                            .and(Reach.of(access, one, Privilege.READ).each(columns))
                            .forEach(row -> readable.add(RecordRef.of(one, row.value1())));
                });
        return readable;
    }

    private static void put(RecordDraft draft, FieldDefinition field, @Nullable StoredFile file) {
        if (file != null) {
            draft.set(field, file.value());
        }
    }

    /// Says which files the records have from now on.
    void keep(List<RecordDraft> written, Instant now) {
        List<FileTable.Use> uses = new ArrayList<>();
        Set<UUID> before = new HashSet<>();
        for (FieldDefinition field : fields) {
            for (RecordDraft draft : written) {
                if (draft.changed(field)) {
                    uses.add(new FileTable.Use(draft.id(), field.name(), id(draft.value(field))));
                    UUID was = id(draft.valueBefore(field));
                    if (was != null) {
                        before.add(was);
                    }
                }
            }
        }
        if (!uses.isEmpty()) {
            FileTable.use(tx.sql(), tx.tenant(), entity.id(), uses, before, now);
        }
    }

    private static @Nullable UUID id(@Nullable Object value) {
        return value instanceof Map<?, ?> file && file.get(ID) instanceof String id ? UUID.fromString(id) : null;
    }
}
