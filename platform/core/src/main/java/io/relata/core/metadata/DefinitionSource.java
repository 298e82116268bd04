package io.relata.core.metadata;

import java.util.regex.Pattern;

/// Where a definition was written, which decides what it may say.
enum DefinitionSource {
    /// A solution file in a plugin: names without prefix, labels in every language, pins its slots.
    SOLUTION("[a-z][A-Za-z0-9]{0,40}", "name-invalid-managed"),
    /// An administrator's request: names with the prefix, slots are chosen by the platform.
    ADMINISTRATOR("c_[a-z0-9_]{1,40}", "name-invalid"),
    /// What was kept of an administrator's request.
    STORED("c_[a-z0-9_]{1,40}", "name-invalid"),
    /// A plugin's definition with what a tenant put over it.
    MERGED("[a-z][A-Za-z0-9]{0,40}|c_[a-z0-9_]{1,40}", "name-invalid");

    private final Pattern name;
    private final String nameViolation;

    DefinitionSource(String name, String nameViolation) {
        this.name = Pattern.compile(name);
        this.nameViolation = nameViolation;
    }

    boolean mayPinSlots() {
        return this != ADMINISTRATOR;
    }

    /// Returns whether the platform has decided where values are stored.
    boolean placesValues() {
        return this == STORED || this == MERGED;
    }

    /// Returns whether the entity is a plugin's.
    boolean managed() {
        return this == SOLUTION || this == MERGED;
    }

    boolean speaksEveryLanguage() {
        return this == SOLUTION;
    }

    /// Reads the `name` member.
    String name(DefinitionInput input) {
        return name(input, "name");
    }

    /// Reads a member that is a name.
    String name(DefinitionInput input, String member) {
        String value = input.text(member);
        if (!value.isEmpty() && !name.matcher(value).matches()) {
            input.reject(member, nameViolation);
        } else if (FieldDefinition.RESERVED.contains(value)) {
            input.reject(member, "name-reserved");
        }
        return value;
    }
}
