package io.relata.core.metadata.type;

import java.util.Locale;
import java.util.regex.Pattern;

/// A telephone number.
final class PhoneType extends PatternType {

    private static final Pattern SHAPE = Pattern.compile("[0-9+()./#*,;x \\-\\u00A0]{3,100}");
    private static final int FEWEST_DIGITS = 3;

    PhoneType() {
        super("phone", 40, 100, "+47 22 00 00 00");
    }

    @Override
    public boolean searchedByDigits() {
        return true;
    }

    @Override
    boolean hasShape(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replace("ext", "x");
        return SHAPE.matcher(plain).matches()
                && plain.chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
    }
}
