package io.relata.core.metadata.type;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Parsed.Wrong;
import io.relata.spi.CallContext;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A telephone number. Where the country is known, from the number itself or from the definition, it is kept in one
/// form (E.164) whichever way it is written; else it stays as it is.
final class PhoneType extends PatternType {

    private static final Pattern SHAPE = Pattern.compile("[0-9+()./#*,;x \\-\\u00A0]{3,100}");
    private static final int FEWEST_DIGITS = 3;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    PhoneType() {
        super("phone", 40, 100, "+4722000000", Setting.COUNTRY);
    }

    @Override
    public FieldSettings readSettings(DefinitionInput input, boolean everyLanguage) {
        String country = input.optionalText(Setting.COUNTRY.name());
        if (country != null && !NUMBERS.getSupportedRegions().contains(country)) {
            input.reject(Setting.COUNTRY.name(), "country-unknown", country);
        }
        return super.readSettings(input, everyLanguage).with(Setting.COUNTRY, country);
    }

    @Override
    public Parsed parse(FieldDefinition field, Object input, Form form) {
        return super.parse(field, input, form) instanceof Parsed.Value text
                ? new Parsed.Value(kept(field, (String) text.value()).orElse((String) text.value()))
                : super.parse(field, input, form);
    }

    @Override
    public Optional<Wrong> check(FieldDefinition field, Object value) {
        String text = (String) value;
        boolean international = text.startsWith("+") || country(field) != null;
        return super.check(field, value)
                .or(() ->
                        !international || kept(field, text).filter(text::equals).isPresent()
                                ? Optional.empty()
                                : Optional.of(Wrong.of("phone-invalid")));
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

    private static Optional<String> kept(FieldDefinition field, String text) {
        return number(field, text)
                .map(number -> NUMBERS.format(number, PhoneNumberFormat.E164)
                        + (number.hasExtension() ? " ext. " + number.getExtension() : ""));
    }

    private static Optional<PhoneNumber> number(FieldDefinition field, String text) {
        if (!text.startsWith("+") && !text.startsWith("＋") && country(field) == null) {
            return Optional.empty();
        }
        try {
            PhoneNumber number = NUMBERS.parse(text, country(field));
            return NUMBERS.isPossibleNumber(number) ? Optional.of(number) : Optional.empty();
        } catch (NumberParseException exception) {
            return Optional.empty();
        }
    }

    private static @Nullable String country(FieldDefinition field) {
        return field.settings().get(Setting.COUNTRY);
    }

    /// As people in the field's country dial it, from elsewhere with the prefix.
    @Override
    public String display(FieldDefinition field, Object value, CallContext context) {
        return number(field, (String) value)
                .map(number -> NUMBERS.format(
                        number,
                        String.valueOf(country(field)).equals(NUMBERS.getRegionCodeForNumber(number))
                                ? PhoneNumberFormat.NATIONAL
                                : PhoneNumberFormat.INTERNATIONAL))
                .orElse((String) value);
    }
}
