package io.relata.core.privacy;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Secret;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Knows the person by texts: e-mail addresses in any case, phone numbers by their last digits however they are
/// written, names in any case and width, as whole words where words are divided.
final class PersonMatch {

    /// Of a phone number.
    static final int LEAST_DIGITS = 6;

    /// As many digits at the end of two numbers must be alike: what stands before is the country's and may be missing.
    private static final int ALIKE = 9;

    /// What takes the place of a part of a text.
    static final String GONE = "▇▇▇";

    private static final Pattern NUMBER = Pattern.compile("\\+?\\(?[0-9][0-9 ()./\\u00a0-]{3,}[0-9]");

    private final List<Pattern> words = new ArrayList<>();
    private final List<String> emails;
    private final List<String> phones;

    PersonMatch(PersonWish wish) {
        this.emails = wish.emails().stream()
                .map(text -> text.toLowerCase(Locale.ROOT))
                .toList();
        this.phones = wish.phones().stream().map(PersonMatch::digits).toList();
        emails.forEach(email -> words.add(word(email, "[\\p{L}\\p{N}._%+-]")));
        wish.names().forEach(name -> words.add(word(normalized(name), "[\\p{L}\\p{N}]")));
    }

    /// Between ideographs no word ends.
    private static Pattern word(String text, String part) {
        String inner = Pattern.quote(text).replace(" ", "\\E\\s+\\Q");
        boolean divided = text.codePoints().noneMatch(Character::isIdeographic);
        String bounded = divided ? "(?<!" + part + ")" + inner + "(?!" + part + ")" : inner;
        return Pattern.compile(bounded, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String normalized(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ");
    }

    static String digits(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[^0-9]", "");
    }

    /// Returns whether the value names the person: what is in a field for addresses or numbers is nobody else's.
    boolean names(FieldDefinition field, @Nullable Object value) {
        return switch (field.type().typeName()) {
            case "email" ->
                texts(value).stream()
                        .anyMatch(text -> emails.contains(text.strip().toLowerCase(Locale.ROOT)));
            case "phone" -> texts(value).stream().anyMatch(this::isPhone);
            default -> false;
        };
    }

    /// Returns whether the value says something that is looked for.
    boolean in(@Nullable Object value) {
        return texts(value).stream().anyMatch(this::in);
    }

    boolean in(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        if (words.stream().anyMatch(word -> word.matcher(plain).find())) {
            return true;
        }
        Matcher numbers = NUMBER.matcher(plain);
        while (!phones.isEmpty() && numbers.find()) {
            if (isPhone(numbers.group())) {
                return true;
            }
        }
        return false;
    }

    private boolean isPhone(String text) {
        String digits = digits(text);
        return digits.length() >= LEAST_DIGITS && phones.stream().anyMatch(phone -> alike(phone, digits));
    }

    private static boolean alike(String one, String other) {
        int count = Math.min(ALIKE, Math.min(one.length(), other.length()));
        return count >= LEAST_DIGITS && one.regionMatches(one.length() - count, other, other.length() - count, count);
    }

    /// Returns the text without what is looked for.
    String without(String text) {
        String left = Normalizer.normalize(text, Normalizer.Form.NFKC);
        for (Pattern word : words) {
            left = word.matcher(left).replaceAll(GONE);
        }
        Matcher numbers = NUMBER.matcher(left);
        return numbers.replaceAll(found -> isPhone(found.group()) ? GONE : Matcher.quoteReplacement(found.group()));
    }

    /// Returns the texts in a value; dates, numbers and ids name nobody.
    static List<String> texts(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case String text -> List.of(text);
            case Secret secret -> secret.sealed() ? List.of() : List.of(secret.text());
            case Collection<?> list ->
                list.stream().flatMap(item -> texts(item).stream()).toList();
            case Map<?, ?> object ->
                object.values().stream().flatMap(item -> texts(item).stream()).toList();
            default -> List.of();
        };
    }
}
