package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.DeleteBehaviour;
import org.jspecify.annotations.Nullable;

/// A record of the entity that the definition names.
final class LookupType extends IdType {

    LookupType() {
        super("lookup", Setting.TARGET, Setting.ON_DELETE, Setting.HIERARCHICAL);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE
                .with(Setting.TARGET, input.text(Setting.TARGET.name()))
                .with(Setting.ON_DELETE, onDelete(input))
                .with(Setting.HIERARCHICAL, input.flag(Setting.HIERARCHICAL.name(), false) ? true : null);
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
