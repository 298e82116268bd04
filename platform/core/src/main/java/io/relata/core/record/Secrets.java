package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.ValueKind;
import io.relata.core.vault.Vault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// The encrypted fields of records: sealed before they are stored, and everywhere behind that; open only while a record
/// is checked, and for those who read it.
public final class Secrets {

    private final DSLContext sql;
    private final UUID tenant;
    private final Vault vault;

    public Secrets(DSLContext sql, UUID tenant, Vault vault) {
        this.sql = sql;
        this.tenant = tenant;
        this.vault = vault;
    }

    /// Returns the entity's encrypted fields.
    public static List<FieldDefinition> of(EntityDefinition entity) {
        return entity.fields().stream()
                .filter(field -> field.kind() == ValueKind.SECRET)
                .toList();
    }

    /// Returns the record with what it says; itself when it has no secrets.
    public RecordData opened(RecordData record) {
        for (Object value : record.values().values()) {
            if (value instanceof Secret) {
                return withOpened(record);
            }
        }
        return record;
    }

    private RecordData withOpened(RecordData record) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(record.values());
        values.replaceAll((name, value) -> value instanceof Secret secret && secret.sealed()
                ? Secret.open(open(record.entity(), record.id(), name, secret))
                : value);
        return record.with(values);
    }

    /// Returns what the secret says.
    public String open(String entity, UUID record, String field, Secret secret) {
        return secret.sealed() ? vault.open(sql, place(entity, record, field), secret.text()) : secret.text();
    }

    /// Returns the text as it is stored.
    public Secret seal(String entity, UUID record, String field, String text) {
        return Secret.sealed(vault.seal(sql, place(entity, record, field), text));
    }

    private Vault.Place place(String entity, UUID record, String field) {
        return new Vault.Place(tenant, entity, record, field);
    }

    /// Leaves as they are stored those that say what they said before: they do not change.
    void settle(EntityDefinition entity, List<RecordDraft> drafts) {
        for (FieldDefinition field : of(entity)) {
            for (RecordDraft draft : drafts) {
                boolean same = draft.hasValues()
                        && draft.value(field) instanceof Secret sent
                        && !sent.sealed()
                        && draft.valueBefore(field) instanceof Secret before
                        && open(entity.name(), draft.id(), field.name(), before).equals(sent.text());
                if (same) {
                    draft.set(field, draft.valueBefore(field));
                }
            }
        }
    }

    /// Seals what is going to be stored.
    void seal(EntityDefinition entity, List<RecordDraft> drafts) {
        for (FieldDefinition field : of(entity)) {
            for (RecordDraft draft : drafts) {
                if (draft.value(field) instanceof Secret secret && !secret.sealed()) {
                    draft.set(field, seal(entity.name(), draft.id(), field.name(), secret.text()));
                }
            }
        }
    }
}
