package io.relata.core.record;

import io.relata.core.file.FileTable;
import io.relata.core.file.StoredFile;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /// Puts what is known of the files in place of the ids that were sent. What is not the tenant's stays an id, which
    /// no field takes.
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
            for (FieldDefinition field : fields) {
                drafts.stream()
                        .filter(draft -> draft.value(field) != null && draft.changed(field))
                        .forEach(draft -> put(draft, field, files.get(id(draft.value(field)))));
            }
        }
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
