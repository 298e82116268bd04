package io.relata.core.record;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.type.Numbers;
import io.relata.core.metadata.type.Parsed;
import io.relata.core.plugin.PluginHook;
import io.relata.spi.CallContext;
import io.relata.spi.Consents;
import io.relata.spi.RecordChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A draft as one plugin's hook sees it.
final class HookChange implements RecordChange {

    private final RecordDraft draft;
    private final PluginHook hook;
    private final CallContext context;
    private final Consents consents;

    HookChange(RecordDraft draft, PluginHook hook, CallContext context, Consents consents) {
        this.draft = draft;
        this.hook = hook;
        this.context = context;
        this.consents = consents;
    }

    @Override
    public Kind kind() {
        return draft.isNew() ? Kind.CREATE : Kind.UPDATE;
    }

    @Override
    public UUID id() {
        return draft.id();
    }

    @Override
    public @Nullable Object before(String field) {
        return draft.valueBefore(definition(field));
    }

    @Override
    public @Nullable Object value(String field) {
        return draft.value(definition(field));
    }

    @Override
    public boolean changed(String field) {
        return draft.changed(definition(field));
    }

    @Override
    public void set(String field, @Nullable Object value) {
        set(draft, field, value);
    }

    /// Sets a field to what a plugin's code wants it to be.
    static void set(RecordDraft draft, String field, @Nullable Object value) {
        FieldDefinition definition = definition(draft, field);
        if (value != null && !typeOf(definition).isInstance(value)) {
            throw new IllegalArgumentException("The field " + field + " holds "
                    + typeOf(definition).getSimpleName() + ", not "
                    + value.getClass().getSimpleName());
        }
        draft.set(definition, normal(definition, value));
    }

    @Override
    public void reject(String field, String message) {
        String text = hook.texts().text(context.locale(), message);
        draft.reject(definition(field).property(), "hook-rejected", text);
    }

    @Override
    public Consents consents() {
        return consents;
    }

    private FieldDefinition definition(String field) {
        return definition(draft, field);
    }

    static FieldDefinition definition(RecordDraft draft, String field) {
        return draft.entity()
                .field(field)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The entity " + draft.entity().name() + " has no field " + field));
    }

    /// As the store would give it back, so that an equal value counts as unchanged. What cannot be is left for
    /// the validation to refuse.
    private static @Nullable Object normal(FieldDefinition field, @Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return Numbers.atScale(number, field.scale()) instanceof Parsed.Value scaled ? scaled.value() : number;
        }
        return value instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MICROS) : value;
    }

    private static Class<?> typeOf(FieldDefinition field) {
        return switch (field.kind()) {
            case STRING -> String.class;
            case INTEGER -> Long.class;
            case DECIMAL -> BigDecimal.class;
            case BOOLEAN -> Boolean.class;
            case DATE -> LocalDate.class;
            case INSTANT -> Instant.class;
            case UUID -> UUID.class;
            case LIST -> List.class;
            case POINT -> GeoPoint.class;
            case OBJECT -> Map.class;
            case SECRET -> Secret.class;
        };
    }
}
