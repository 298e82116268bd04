package io.relata.sales;

import io.relata.spi.Consents;
import io.relata.spi.RecordChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record on its way to the store, held in two maps.
final class FakeChange implements RecordChange {

    private final Kind kind;
    private final Map<String, Object> before;
    private final Map<String, Object> after;
    private final List<String> refusals = new ArrayList<>();

    private FakeChange(Kind kind, Map<String, Object> before, Map<String, Object> changes) {
        this.kind = kind;
        this.before = Map.copyOf(before);
        this.after = new HashMap<>(before);
        after.putAll(changes);
    }

    static FakeChange create(Map<String, Object> values) {
        return new FakeChange(Kind.CREATE, Map.of(), values);
    }

    static FakeChange update(Map<String, Object> before, Map<String, Object> changes) {
        return new FakeChange(Kind.UPDATE, before, changes);
    }

    List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public UUID id() {
        return new UUID(0, 1);
    }

    @Override
    public @Nullable Object before(String field) {
        return before.get(field);
    }

    @Override
    public @Nullable Object value(String field) {
        return after.get(field);
    }

    @Override
    public boolean changed(String field) {
        return !Objects.equals(before.get(field), after.get(field));
    }

    @Override
    public void set(String field, @Nullable Object value) {
        if (value == null) {
            after.remove(field);
        } else {
            after.put(field, value);
        }
    }

    @Override
    public void reject(String field, String message) {
        refusals.add(field + ": " + message);
    }

    @Override
    public Consents consents() {
        return (entity, record, purpose) -> false;
    }
}
