package io.relata.core.bulk;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import io.relata.core.record.AlternateKey;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordTarget.Existence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads items of the form `{"op": "update", "id": "…", "version": 3, "values": {…}}`. A record that is not named by
/// its `id` is named by its `key`, an object with one unique field.
final class BulkItemReader {

    private static final Set<String> MEMBERS = Set.of("op", "id", "key", "version", "values");

    private final EntityDefinition entity;
    private final Map<String, @Nullable Object> item;
    private final List<Violation> violations = new ArrayList<>();

    private BulkItemReader(EntityDefinition entity, Map<String, @Nullable Object> item) {
        this.entity = entity;
        this.item = item;
    }

    static BulkItem read(EntityDefinition entity, Map<String, @Nullable Object> item) {
        BulkItemReader reader = new BulkItemReader(entity, item);
        Optional<BulkItem> read = reader.read();
        return read.isPresent() && reader.violations.isEmpty() ? read.get() : new BulkItem.Faulty(reader.violations);
    }

    private Optional<BulkItem> read() {
        item.keySet().stream().filter(name -> !MEMBERS.contains(name)).forEach(name -> reject(name, "unknown-member"));
        String op = String.valueOf(item.get("op"));
        return switch (op) {
            case "create" -> {
                refuse("id", "key", "version");
                yield Optional.of(save(RecordTarget.NEW));
            }
            case "update" -> target(Existence.REQUIRED).map(this::save);
            case "upsert" -> {
                refuse("id");
                yield target(Existence.OPEN).map(this::save);
            }
            case "delete" -> {
                refuse("values");
                yield target(Existence.REQUIRED).map(BulkItem.Delete::new);
            }
            default -> {
                reject("op", "bulk-op");
                yield Optional.empty();
            }
        };
    }

    private void refuse(String... members) {
        for (String member : members) {
            if (item.get(member) != null) {
                reject(member, "bulk-not-with-op", String.valueOf(item.get("op")));
            }
        }
    }

    private BulkItem save(RecordTarget target) {
        return new BulkItem.Save(new RecordInput(target, object("values"), RecordInput.Rest.KEPT, Form.JSON));
    }

    private Optional<RecordTarget> target(Existence existence) {
        Long version = version();
        boolean byKey = item.get("key") != null;
        if (byKey == (item.get("id") != null)) {
            reject(null, "bulk-id-or-key");
            return Optional.empty();
        }
        return byKey
                ? key().map(key -> RecordTarget.of(key, existence, version))
                : id().map(id -> RecordTarget.of(id, version));
    }

    private Optional<UUID> id() {
        try {
            return Optional.of(UUID.fromString(String.valueOf(item.get("id"))));
        } catch (IllegalArgumentException noId) {
            reject("id", "expects-id");
            return Optional.empty();
        }
    }

    private Optional<AlternateKey> key() {
        Map<String, @Nullable Object> key = object("key");
        if (key.size() != 1) {
            reject("key", "key-of-one-field");
            return Optional.empty();
        }
        Map.Entry<String, @Nullable Object> only = key.entrySet().iterator().next();
        return AlternateKey.read(entity, only.getKey(), only.getValue(), Form.JSON, violations);
    }

    private @Nullable Long version() {
        Object version = item.get("version");
        if (version != null && !(version instanceof Long)) {
            reject("version", "expects-integer");
        }
        return version instanceof Long number ? number : null;
    }

    @SuppressWarnings("unchecked") // JSON's objects have names that are texts
    private Map<String, @Nullable Object> object(String member) {
        if (item.get(member) instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        reject(member, "expects-object");
        return Map.of();
    }

    private void reject(@Nullable String member, String code, Object... arguments) {
        violations.add(Violation.of(member, code, arguments));
    }
}
