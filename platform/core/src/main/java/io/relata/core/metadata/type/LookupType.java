package io.relata.core.metadata.type;

import io.relata.core.metadata.DefinitionInput;

/// A record of the entity that the definition names.
final class LookupType extends IdType {

    LookupType() {
        super("lookup", Setting.TARGET);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        return FieldSettings.NONE.with(Setting.TARGET, input.text(Setting.TARGET.name()));
    }

    @Override
    public boolean isLookup() {
        return true;
    }
}
