package io.relata.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordTarget.Existence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record on its way through the [RecordWriter]: what was sent, what was there, what it becomes, and
/// everything that speaks against it.
final class RecordDraft {

    private final EntityDefinition entity;
    private final EntityDefinition seen;
    private final RecordInput input;
    private UUID id;
    private final boolean isNew;
    private final Map<String, @Nullable Object> sent = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private @Nullable RecordData before;
    private @Nullable RecordData revived;
    private @Nullable ProblemException refusal;
    private long versionsBehind;

    /// @param seen  the entity as the caller sees it
    /// @param isNew whether there is no such record yet
    RecordDraft(EntityDefinition entity, EntityDefinition seen, RecordInput input, UUID id, boolean isNew) {
        this.entity = entity;
        this.seen = seen;
        this.input = input;
        this.id = id;
        this.isNew = isNew;
    }

    EntityDefinition entity() {
        return entity;
    }

    UUID id() {
        return id;
    }

    boolean isNew() {
        return isNew;
    }

    @Nullable
    ActionCall action() {
        return input.action();
    }

    RecordTarget target() {
        return input.target();
    }

    @Nullable
    RecordData before() {
        return before;
    }

    /// Returns whether there was no such record ever before.
    boolean begins() {
        return isNew() && revived == null;
    }

    /// Returns the deleted record whose place this new one takes: its id and its history go on.
    @Nullable
    RecordData revived() {
        return revived;
    }

    /// Takes the place of a deleted record.
    void revive(RecordData deleted) {
        revived = deleted;
        id = deleted.id();
    }

    List<Violation> violations() {
        return violations;
    }

    /// Reads what was sent: unknown and read-only fields are refused, the others parsed. To a caller who may not see a
    /// field it is unknown, and read-only to one who may not change it.
    void parse() {
        Map<String, FieldDefinition> fields = seen.byProperty();
        input.values().forEach((property, value) -> {
            FieldDefinition field = fields.get(property);
            if (value instanceof Bindings.Refused refused) {
                reject(property, refused.code());
            } else if (field == null) {
                boolean system = FieldDefinition.RESERVED.contains(property);
                reject(property, system ? "read-only" : "unknown-field");
            } else if (field.readOnly()) {
                reject(property, "read-only");
            } else {
                int found = violations.size();
                Object parsed = FieldValues.parse(field, value, input.form(), violations);
                if (violations.size() == found) {
                    sent.put(field.name(), parsed);
                }
            }
        });
        AlternateKey key = target().key();
        if (key != null && !key.value().equals(sent.getOrDefault(key.field().name(), key.value()))) {
            reject(key.field().property(), "key-differs");
        } else if (key != null) {
            sent.put(key.field().name(), key.value());
        }
    }

    /// Puts what was sent over the defaults of a new record.
    void fillNew() {
        if (target().existence() == Existence.REQUIRED) {
            refusal = ProblemException.notFound();
            return;
        }
        if (revived != null) {
            values.putAll(revived.values());
        }
        entity.fields().forEach(this::fill);
    }

    private void fill(FieldDefinition field) {
        if (revived != null && (field.rollUp() != null || field.type().isAssigned())) {
            return;
        }
        Object value = sent.get(field.name());
        if (value == null && field.defaultValue() != null) {
            value = FieldValues.parse(field, field.defaultValue(), Form.TEXT, violations);
        }
        boolean added = field.rollUp() != null && field.rollUp().function().adds();
        values.put(field.name(), added ? StoredValue.toValue(field, 0L) : value);
    }

    /// Puts what was sent over what is stored, unless somebody else changed it since the caller saw it.
    void merge(@Nullable RecordData stored) {
        if (stored == null) {
            refusal = ProblemException.notFound();
            return;
        }
        before = stored;
        Long expected = target().expectedVersion();
        if (target().existence() == Existence.FORBIDDEN) {
            refusal = Conflicts.exists(stored);
        } else if (expected != null && expected != stored.version()) {
            refusal = Conflicts.changed(stored);
            versionsBehind = stored.version() - expected;
        } else {
            values.putAll(stored.values());
            values.putAll(sent);
            if (input.rest() == RecordInput.Rest.RESET) {
                seen.fields().stream().filter(field -> !field.readOnly()).forEach(this::fill);
            }
        }
    }

    /// Returns how many changes the caller has not seen; 0 unless that is why the draft is refused.
    long versionsBehind() {
        return versionsBehind;
    }

    /// Tells the caller which of the changes sent meet somebody else's.
    ///
    /// @param base what the fields were, by name, that changed since the version that the caller saw
    void explainConflict(Map<String, JsonNode> base) {
        RecordData current = Objects.requireNonNull(before);
        List<Clash> clashes = new ArrayList<>();
        for (FieldDefinition field : entity.fields()) {
            JsonNode was = base.get(field.name());
            Object now = current.value(field.name());
            boolean meets = was != null
                    && sent.containsKey(field.name())
                    && !was.equals(Document.json(now))
                    && !Objects.equals(sent.get(field.name()), now);
            if (meets) {
                clashes.add(new Clash(
                        field.property(),
                        Document.shown(field, Objects.requireNonNull(was)),
                        Document.shown(field, Document.json(now)),
                        Document.shown(field, Document.json(sent.get(field.name())))));
            }
        }
        refusal = Conflicts.changed(current, clashes);
    }

    @Nullable
    Object valueBefore(FieldDefinition field) {
        return before == null ? null : before.value(field.name());
    }

    @Nullable
    Object value(FieldDefinition field) {
        return values.get(field.name());
    }

    void set(FieldDefinition field, @Nullable Object value) {
        values.put(field.name(), value);
    }

    /// Returns whether the caller named the field.
    boolean sent(FieldDefinition field) {
        return sent.containsKey(field.name());
    }

    /// Returns what the caller sent for the field.
    @Nullable
    Object sent(String field) {
        return sent.get(field);
    }

    /// Returns whether a field that is not named gets its default.
    boolean fills() {
        return isNew || input.rest() == RecordInput.Rest.RESET;
    }

    boolean changed(FieldDefinition field) {
        return !Objects.equals(valueBefore(field), value(field));
    }

    /// Returns the fields whose stored value is going to differ.
    List<FieldDefinition> changes() {
        return entity.fields().stream().filter(this::changed).toList();
    }

    /// Checks every changed value; what is stored and stays was checked when it came.
    void validate() {
        if (refusal != null) {
            return;
        }
        for (FieldDefinition field : entity.fields()) {
            boolean known =
                    violations.stream().anyMatch(found -> field.property().equals(found.field()));
            if (!known && (isNew() || changed(field) || besideChanged(field))) {
                Object value = value(field);
                boolean empty = value == null || (value instanceof String text && text.isBlank());
                if (empty && field.required() && !field.type().isAssigned()) {
                    reject(field.property(), "required");
                } else {
                    FieldValues.check(field, value, violations);
                    FieldValues.checkBeside(field, value, values::get, violations);
                }
            }
        }
    }

    private boolean besideChanged(FieldDefinition field) {
        return field.type().neighbours(field).stream()
                .anyMatch(name -> entity.field(name).filter(this::changed).isPresent());
    }

    /// Says why it must not be saved at all.
    void refuse(ProblemException why) {
        refusal = why;
        versionsBehind = 0;
    }

    void reject(@Nullable String property, String code, Object... arguments) {
        violations.add(Violation.of(property, code, arguments));
    }

    /// Returns whether nothing speaks against it so far.
    boolean sound() {
        return refusal == null && violations.isEmpty();
    }

    /// Returns whether it reached the point where there are values to look at.
    boolean hasValues() {
        return refusal == null;
    }

    /// Returns whether there is something to store.
    boolean writes() {
        return sound() && (isNew() || !changes().isEmpty());
    }

    Map<String, @Nullable Object> values() {
        return values;
    }

    long version() {
        RecordData stored = before == null ? revived : before;
        return stored == null ? 1 : stored.version() + 1;
    }

    ProblemException problem() {
        return refusal == null ? ProblemException.invalid(told()) : refusal;
    }

    /// Returns what speaks against it as far as the caller may know: no name of a hidden field that the caller did not
    /// name.
    private List<Violation> told() {
        return seen.equals(entity)
                ? violations
                : violations.stream().map(this::told).distinct().toList();
    }

    private Violation told(Violation found) {
        String property = found.field();
        boolean tells = property != null
                && !input.values().containsKey(property)
                && entity.byProperty().containsKey(property)
                && !seen.byProperty().containsKey(property);
        return tells ? Violation.of(null, "unseen-field") : found;
    }
}
