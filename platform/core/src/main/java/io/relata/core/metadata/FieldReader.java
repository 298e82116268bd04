package io.relata.core.metadata;

import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one field's definition and checks what can be seen from the field alone.
final class FieldReader {

    private final DefinitionSource source;

    FieldReader(DefinitionSource source) {
        this.source = source;
    }

    /// A field as it was written.
    ///
    /// @param indexed whether the writer asked for a slot (or against one); `null` when left to the platform
    record Draft(FieldDefinition field, @Nullable Boolean indexed, DefinitionInput input) {}

    Draft read(DefinitionInput input) {
        String name = source.name(input);
        FieldType type = type(input);
        rejectOtherTypesSettings(input, type);
        Boolean wish = indexed(input);
        boolean claiming = source.placesValues() && input.flag(Setting.CLAIMING.name(), false);
        RollUp rollUp = input.has("rollUp") ? RollUp.read(input.object("rollUp")) : null;
        FieldDefinition field = FieldDefinition.builder(name, type, input.label("label", source.speaksEveryLanguage()))
                .slot(slot(input, type))
                .member(source.placesValues() ? input.optionalText("member") : null)
                .help(input.optionalLabel("help", source.speaksEveryLanguage()))
                .required(input.flag("required", false))
                .readOnly(input.flag("readOnly", false) || rollUp != null || type.isAssigned())
                .unique(allowed(input, "unique", type.canBeUnique()) && !claiming)
                .searchable(allowed(input, "searchable", type.canBeSearched()))
                .audited(input.flag("audited", true))
                .settings(type.readSettings(input, source.speaksEveryLanguage())
                        .with(Setting.FORMAT, DisplayFormat.read(input, type.displayed()))
                        .with(Setting.CONDITIONS, ConditionReader.read(input, type))
                        .with(Setting.ACCESS, access(input))
                        .with(Setting.PERSONAL, mark(input, Setting.PERSONAL))
                        .with(Setting.SENSITIVE, mark(input, Setting.SENSITIVE))
                        .with(Setting.CLAIMING, claiming ? true : null)
                        .with(Setting.INDEXED, source.managed() ? wish : null))
                .defaultValue(input.optionalText("default"))
                .rollUp(rollUp)
                .build();
        if (source == DefinitionSource.SOLUTION && field.kind() == ValueKind.SECRET) {
            input.reject("type", "type-tenants-only");
        }
        if (source == DefinitionSource.SOLUTION && field.settings().get(Setting.STORED, false)) {
            input.reject(Setting.STORED.name(), "not-for-type");
        }
        Boolean indexed = rollUp == null ? wish : rollUpIndexed(input, wish);
        input.done();
        checkIndexed(input, field, wish);
        checkSlot(input, field);
        checkDefault(input, field);
        checkRollUp(input, field);
        if (!field.access().fits(field)) {
            input.reject(Setting.ACCESS.name(), "access-not-maskable");
        }
        return new Draft(field, indexed, input);
    }

    private static @Nullable Boolean mark(DefinitionInput input, Setting<Boolean> setting) {
        return input.flag(setting.name(), false) ? true : null;
    }

    private static @Nullable FieldAccess access(DefinitionInput input) {
        String written = input.optionalText(Setting.ACCESS.name());
        if (written == null) {
            return null;
        }
        Optional<FieldAccess> access = FieldAccess.of(written);
        if (access.isEmpty()) {
            input.reject(Setting.ACCESS.name(), "access-unknown-level", FieldAccess.codes());
        }
        return access.filter(known -> known != FieldAccess.UPDATE).orElse(null);
    }

    private @Nullable Boolean indexed(DefinitionInput input) {
        if (source == DefinitionSource.STORED || !input.has(Setting.INDEXED.name())) {
            return null;
        }
        return input.flag(Setting.INDEXED.name(), false);
    }

    /// A roll-up lives in a slot.
    private @Nullable Boolean rollUpIndexed(DefinitionInput input, @Nullable Boolean wish) {
        if (source != DefinitionSource.ADMINISTRATOR) {
            return null;
        }
        if (Boolean.FALSE.equals(wish)) {
            input.reject(Setting.INDEXED.name(), "roll-up-slot");
        }
        return true;
    }

    /// A plugin says of a slot that it needs no index. Where records are looked for by a lookup, whoever deletes or
    /// expands does so without asking.
    private void checkIndexed(DefinitionInput input, FieldDefinition field, @Nullable Boolean wish) {
        if (source != DefinitionSource.SOLUTION || wish == null) {
            return;
        }
        if (field.slot() == null) {
            input.reject(Setting.INDEXED.name(), "indexed-slot");
        } else if (!wish && field.type().isLookup()) {
            input.reject(Setting.INDEXED.name(), "not-for-type");
        }
    }

    private void checkRollUp(DefinitionInput input, FieldDefinition field) {
        if (field.rollUp() == null) {
            return;
        }
        if (source == DefinitionSource.SOLUTION && field.slot() == null) {
            input.reject("slot", "roll-up-slot");
        }
        if (field.required() || field.unique() || field.defaultValue() != null) {
            input.reject("rollUp", "roll-up-reckoned");
        }
    }

    private static FieldType type(DefinitionInput input) {
        String written = input.text("type");
        return FieldTypes.named(written).orElseGet(() -> {
            if (!written.isEmpty()) {
                input.reject("type", "type-unknown", written);
            }
            return FieldTypes.TEXT;
        });
    }

    private @Nullable String slot(DefinitionInput input, FieldType type) {
        if (!source.mayPinSlots()) {
            return null;
        }
        String slot = input.optionalText("slot");
        if (slot == null) {
            return null;
        }
        boolean managed = source == DefinitionSource.SOLUTION;
        List<String> candidates = new ArrayList<>();
        for (ValueKind kind : type.has(Setting.EXPRESSION) ? List.of(ValueKind.values()) : List.of(type.kind())) {
            candidates.addAll(managed ? Slots.ofPlugins(kind) : Slots.all(kind));
        }
        if (!candidates.contains(slot)) {
            input.reject("slot", "slot-wrong", String.join(" ", candidates));
            return null;
        }
        return slot;
    }

    private static boolean allowed(DefinitionInput input, String member, boolean possible) {
        boolean wanted = input.flag(member, false);
        if (wanted && !possible) {
            input.reject(member, "not-for-type");
        }
        return wanted;
    }

    private static void rejectOtherTypesSettings(DefinitionInput input, FieldType type) {
        for (Setting<?> setting : Setting.ALL) {
            if (!type.has(setting) && input.has(setting.name())) {
                input.reject(setting.name(), "not-for-type");
            }
        }
    }

    private static void checkDefault(DefinitionInput input, FieldDefinition field) {
        if (field.defaultValue() != null) {
            field.type()
                    .checkDefault(field, field.defaultValue())
                    .ifPresent(wrong -> input.reject(
                            "default", wrong.code(), wrong.arguments().toArray()));
        }
    }

    private static void checkSlot(DefinitionInput input, FieldDefinition field) {
        if (field.slot() != null && !Slots.fits(field)) {
            input.reject("slot", "slot-too-long", Slots.GREATEST_LENGTH);
        }
        if (field.unique() && field.maxLength() > Slots.GREATEST_LENGTH) {
            input.reject("unique", "slot-too-long", Slots.GREATEST_LENGTH);
        }
    }

    /// Adds a violation for every name that two fields claim, properties and navigations included.
    static void checkNames(List<Draft> drafts, Set<String> taken) {
        Set<String> names = new HashSet<>(taken);
        for (Draft draft : drafts) {
            FieldDefinition field = draft.field();
            boolean free = names.add(field.name());
            boolean propertyFree = field.property().equals(field.name()) || names.add(field.property());
            if (!field.name().isEmpty() && !(free && propertyFree)) {
                draft.input().reject("name", "name-duplicate", field.name());
            }
        }
    }

    /// Adds a violation for every slot that two fields claim.
    static void checkSlots(List<Draft> drafts) {
        Set<String> slots = new HashSet<>();
        for (Draft draft : drafts) {
            String slot = draft.field().slot();
            if (slot != null && !slots.add(slot)) {
                draft.input().reject("slot", "slot-taken", slot);
            }
        }
    }

    /// Adds a violation for everything that is wrong with fields beside the entity's others.
    static void checkNeighbours(List<Draft> drafts, Collection<FieldDefinition> others) {
        Map<String, FieldDefinition> fields = new HashMap<>();
        others.forEach(field -> fields.put(field.name(), field));
        drafts.forEach(draft -> fields.put(draft.field().name(), draft.field()));
        drafts.forEach(draft -> draft.field().type().checkDefinition(draft.input(), draft.field(), fields));
    }
}
