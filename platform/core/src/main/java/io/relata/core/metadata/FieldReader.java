package io.relata.core.metadata;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one field's definition and checks what can be seen from the field alone.
final class FieldReader {

    private static final int OPTION_LENGTH = 100;
    private static final Set<String> COLORS =
            Set.of("gray", "red", "orange", "yellow", "green", "teal", "blue", "indigo", "purple", "pink");

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
        TypeRules rules = TypeRules.of(type);
        FieldDefinition field = new FieldDefinition(
                name,
                type,
                slot(input, type),
                input.label("label", source.speaksEveryLanguage()),
                input.optionalLabel("help", source.speaksEveryLanguage()),
                input.flag("required", false),
                input.flag("readOnly", false),
                allowed(input, "unique", rules.canBeUnique()),
                allowed(input, "searchable", type.kind() == ValueKind.STRING && type != FieldType.PICKLIST),
                only(input, "maxLength", type.isText())
                        ? input.number("maxLength", rules.defaultLength(), 1, rules.greatestLength())
                        : rules.defaultLength(),
                only(input, "scale", type.kind() == ValueKind.DECIMAL)
                        ? input.number("scale", rules.defaultScale(), 0, TypeRules.GREATEST_SCALE)
                        : rules.defaultScale(),
                only(input, "min", rules.isNumber()) ? input.decimal("min") : null,
                only(input, "max", rules.isNumber()) ? input.decimal("max") : null,
                only(input, "options", type == FieldType.PICKLIST) ? options(input, type) : List.of(),
                only(input, "target", type.isLookup()) ? target(input, type) : null,
                input.optionalText("default"));
        Boolean indexed = indexed(input);
        input.done();
        checkNumbers(input, field);
        checkSlot(input, field);
        DefaultValue.check(field).ifPresent(code -> input.reject("default", code));
        return new Draft(field, indexed, input);
    }

    private @Nullable Boolean indexed(DefinitionInput input) {
        if (source != DefinitionSource.ADMINISTRATOR || !input.has("indexed")) {
            return null;
        }
        return input.flag("indexed", false);
    }

    private static FieldType type(DefinitionInput input) {
        String written = input.text("type");
        return FieldType.named(written).orElseGet(() -> {
            if (!written.isEmpty()) {
                input.reject("type", "type-unknown", written);
            }
            return FieldType.TEXT;
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
        List<String> candidates = managed ? Slots.ofPlugins(type.kind()) : Slots.all(type.kind());
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

    private static boolean only(DefinitionInput input, String member, boolean possible) {
        if (!possible && input.has(member)) {
            input.reject(member, "not-for-type");
        }
        return possible;
    }

    private static @Nullable String target(DefinitionInput input, FieldType type) {
        return type == FieldType.LOOKUP ? input.text("target") : null;
    }

    private List<PicklistOption> options(DefinitionInput input, FieldType type) {
        List<PicklistOption> options = new ArrayList<>();
        Set<String> values = new HashSet<>();
        for (DefinitionInput option : input.objects("options")) {
            String value = option.text("value");
            if (value.codePointCount(0, value.length()) > OPTION_LENGTH) {
                option.reject("value", "too-long", OPTION_LENGTH);
            } else if (!value.isEmpty() && !values.add(value)) {
                option.reject("value", "name-duplicate", value);
            }
            String color = option.optionalText("color");
            if (color != null && !COLORS.contains(color)) {
                option.reject("color", "color-unknown", color);
            }
            options.add(new PicklistOption(
                    value, option.label("label", source.speaksEveryLanguage()), color, option.flag("active", true)));
            option.done();
        }
        if (options.isEmpty() && type == FieldType.PICKLIST) {
            input.reject("options", "required");
        }
        return options;
    }

    private static void checkNumbers(DefinitionInput input, FieldDefinition field) {
        for (BigDecimal bound : boundsOf(field)) {
            if (bound.stripTrailingZeros().scale() > field.scale()) {
                input.reject("scale", "too-many-decimals", field.scale());
            } else if (!fits(bound, field.scale())) {
                input.reject("scale", "number-too-big");
            }
        }
        if (field.min() != null && field.max() != null && field.min().compareTo(field.max()) > 0) {
            input.reject("min", "too-big", field.max().toPlainString());
        }
    }

    private static List<BigDecimal> boundsOf(FieldDefinition field) {
        List<BigDecimal> bounds = new ArrayList<>();
        if (field.min() != null) {
            bounds.add(field.min());
        }
        if (field.max() != null) {
            bounds.add(field.max());
        }
        return bounds;
    }

    private static boolean fits(BigDecimal bound, int scale) {
        BigInteger unscaled = bound.setScale(scale).unscaledValue();
        return unscaled.bitLength() < Long.SIZE;
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
}
