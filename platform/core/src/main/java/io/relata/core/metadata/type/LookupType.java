package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.FieldDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A record of the entity that the definition names, or of one of several.
final class LookupType extends IdType {

    private static final int MOST_TARGETS = 20;
    private static final int LONGEST_NAME = 42;

    LookupType() {
        super("lookup", Setting.TARGET, Setting.TARGETS, Setting.TYPE_FIELD, Setting.ON_DELETE, Setting.HIERARCHICAL);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return targets(input)
                .with(Setting.ON_DELETE, onDelete(input))
                .with(Setting.HIERARCHICAL, input.flag(Setting.HIERARCHICAL.name(), false) ? true : null);
    }

    private static FieldSettings targets(DefinitionInput input) {
        String several = Setting.TARGETS.name();
        String typeField = Setting.TYPE_FIELD.name();
        if (!input.has(several)) {
            if (input.has(typeField)) {
                input.reject(typeField, "type-field-wrong");
            }
            return FieldSettings.NONE.with(Setting.TARGET, input.text(Setting.TARGET.name()));
        }
        List<String> targets = input.texts(several);
        if (targets.size() < 2
                || targets.size() > MOST_TARGETS
                || Set.copyOf(targets).size() < targets.size()) {
            input.reject(several, "targets-wrong", MOST_TARGETS);
        }
        if (input.has(Setting.TARGET.name()) || input.flag(Setting.HIERARCHICAL.name(), false)) {
            input.reject(several, "targets-alone");
        }
        return FieldSettings.NONE.with(Setting.TARGETS, targets).with(Setting.TYPE_FIELD, input.text(typeField));
    }

    /// What a lookup points to is written where queries ask for it.
    @Override
    public void checkDefinition(DefinitionInput input, FieldDefinition field, Map<String, FieldDefinition> fields) {
        String name = field.settings().get(Setting.TYPE_FIELD);
        FieldDefinition type = name == null ? null : fields.get(name);
        boolean fits = type != null
                && type.type().equals(FieldTypes.TEXT)
                && type.readOnly()
                && type.maxLength() >= LONGEST_NAME
                && type.defaultValue() == null
                && !type.required();
        if (name != null && !name.isEmpty() && !fits) {
            input.reject(Setting.TYPE_FIELD.name(), "type-field-wrong");
        }
    }

    private static @Nullable DeleteBehaviour onDelete(DefinitionInput input) {
        String member = Setting.ON_DELETE.name();
        String written = input.optionalText(member);
        DeleteBehaviour behaviour =
                written == null ? null : DeleteBehaviour.named(written).orElse(null);
        if (written != null && behaviour == null) {
            input.reject(member, "on-delete-unknown", written);
        } else if (behaviour == DeleteBehaviour.CLEAR && input.flag("required", false)) {
            input.reject(member, "on-delete-required");
        }
        return behaviour;
    }

    @Override
    public boolean isLookup() {
        return true;
    }
}
