package io.relata.core.metadata;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What somebody may do with a field, from nothing to everything.
public enum FieldAccess {
    /// The field is not there.
    NONE,
    /// Only the end of the text is shown, see [Mask].
    MASKED,
    READ,
    UPDATE;

    /// Returns the access as definitions and the API write it.
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns all that can be written, for messages.
    public static String codes() {
        return Stream.of(values()).map(FieldAccess::code).collect(Collectors.joining(", "));
    }

    public static Optional<FieldAccess> of(String code) {
        return Stream.of(values()).filter(access -> access.code().equals(code)).findFirst();
    }

    public FieldAccess orHigher(FieldAccess other) {
        return compareTo(other) < 0 ? other : this;
    }

    public FieldAccess orLower(FieldAccess other) {
        return compareTo(other) > 0 ? other : this;
    }

    /// Returns whether the field can be given out this way: what is no text of one line cannot be masked.
    public boolean fits(FieldDefinition field) {
        return this != MASKED || Mask.fits(field);
    }
}
