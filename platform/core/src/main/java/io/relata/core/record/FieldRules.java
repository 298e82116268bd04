package io.relata.core.record;

import io.relata.core.metadata.Characters;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.record.FieldValues.Wrong;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules that a field's definition sets for its values. E-mail addresses and the like are only checked
/// for what is certainly a mistake: whether they work, nobody can see from the text.
final class FieldRules {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\",;:()\\[\\]]{1,64}@[^\\s@<>\",;:()\\[\\]]{1,255}");
    private static final Pattern PHONE = Pattern.compile("[0-9+()./#*,;x \\-\\u00A0]{3,100}");
    private static final Pattern URL = Pattern.compile("https?://[^\\s/?#\"<>\\\\]+[^\\s\"<>\\\\]*");
    private static final int FEWEST_PHONE_DIGITS = 3;

    private FieldRules() {}

    static Optional<Wrong> checkText(FieldDefinition field, String text) {
        if (Characters.unstorable(text)) {
            return Optional.of(Wrong.of("bad-characters"));
        }
        if (text.codePointCount(0, text.length()) > field.maxLength()) {
            return Optional.of(Wrong.of("too-long", field.maxLength()));
        }
        return switch (field.type()) {
            case PICKLIST -> isOffered(field, text) ? Optional.empty() : Optional.of(Wrong.of("not-an-option"));
            case EMAIL -> isEmail(text) ? Optional.empty() : Optional.of(Wrong.of("email-invalid"));
            case PHONE -> isPhone(text) ? Optional.empty() : Optional.of(Wrong.of("phone-invalid"));
            case URL -> isUrl(text) ? Optional.empty() : Optional.of(Wrong.of("url-invalid"));
            default -> Optional.empty();
        };
    }

    static Optional<Wrong> checkNumber(FieldDefinition field, BigDecimal number) {
        if (FieldValues.atScale(number, field.scale()) instanceof Wrong wrong) {
            return Optional.of(wrong);
        }
        if (field.min() != null && number.compareTo(field.min()) < 0) {
            return Optional.of(Wrong.of("too-small", field.min().toPlainString()));
        }
        if (field.max() != null && number.compareTo(field.max()) > 0) {
            return Optional.of(Wrong.of("too-big", field.max().toPlainString()));
        }
        return Optional.empty();
    }

    private static boolean isOffered(FieldDefinition field, String text) {
        return field.options().stream()
                .filter(PicklistOption::active)
                .anyMatch(option -> option.value().equals(text));
    }

    private static boolean isEmail(String text) {
        int at = text.indexOf('@');
        int dot = text.lastIndexOf('.');
        return EMAIL.matcher(text).matches() && dot > at + 1 && dot < text.length() - 1;
    }

    private static boolean isPhone(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replace("ext", "x");
        return PHONE.matcher(plain).matches()
                && plain.chars().filter(Character::isDigit).count() >= FEWEST_PHONE_DIGITS;
    }

    private static boolean isUrl(String text) {
        return URL.matcher(text.length() < 8 ? text : text.substring(0, 8).toLowerCase(Locale.ROOT) + text.substring(8))
                .matches();
    }
}
