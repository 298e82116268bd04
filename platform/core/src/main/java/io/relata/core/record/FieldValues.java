package io.relata.core.record;

import io.relata.core.metadata.Characters;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.problem.Violation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes field values out of what callers send: first the type ([#parse]), then the field's rules ([#check]).
///
/// Nothing is rounded, cut or guessed: what does not fit is a violation.
public final class FieldValues {

    /// The digits a `bigint` holds, at most.
    private static final int GREATEST_DIGITS = 19;

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private FieldValues() {}

    /// In what form a value comes.
    public enum Form {
        /// A scalar as JSON has it, or a value of the field's own Java type.
        JSON,
        /// A text out of a file: also `yes` and `no`, and an option's label.
        TEXT
    }

    /// Returns the value in the Java type of the field; `null` when it is empty, or wrong and a violation added.
    public static @Nullable Object parse(
            FieldDefinition field, @Nullable Object input, Form form, List<Violation> violations) {
        if (input == null
                || "".equals(input)
                || (form == Form.TEXT && input.toString().isBlank())) {
            return null;
        }
        Object value = convert(field, input, form);
        if (value instanceof Wrong wrong) {
            violations.add(new Violation(field.property(), wrong.code(), wrong.arguments()));
            return null;
        }
        return value;
    }

    /// Adds a violation for every rule of the field that the value breaks. An empty value breaks none here.
    public static void check(FieldDefinition field, @Nullable Object value, List<Violation> violations) {
        Optional<Wrong> wrong = switch (value) {
            case null -> Optional.empty();
            case String text -> FieldRules.checkText(field, text);
            case Long number -> FieldRules.checkNumber(field, BigDecimal.valueOf(number));
            case BigDecimal number -> FieldRules.checkNumber(field, number);
            default -> Optional.empty();
        };
        wrong.ifPresent(found -> violations.add(new Violation(field.property(), found.code(), found.arguments())));
    }

    /// What is wrong with a value.
    record Wrong(String code, List<Object> arguments) {

        static Wrong of(String code, Object... arguments) {
            return new Wrong(code, List.of(arguments));
        }
    }

    private static Object convert(FieldDefinition field, Object input, Form form) {
        return switch (field.kind()) {
            case STRING -> text(field, input, form);
            case INTEGER -> integer(input);
            case DECIMAL -> decimal(field, input);
            case BOOLEAN -> bool(input, form);
            case DATE -> date(input);
            case INSTANT -> instant(input);
            case UUID -> id(input);
        };
    }

    private static Object text(FieldDefinition field, Object input, Form form) {
        if (!(input instanceof String text)) {
            return Wrong.of("expects-text");
        }
        if (Characters.unstorable(text)) {
            return Wrong.of("bad-characters");
        }
        return switch (field.type()) {
            case EMAIL, PHONE, URL -> text.strip();
            case PICKLIST -> form == Form.TEXT ? option(field, text.strip()) : text;
            default -> text;
        };
    }

    /// People's files say an option's label as often as its value.
    private static String option(FieldDefinition field, String text) {
        if (field.options().stream().anyMatch(option -> option.value().equals(text))) {
            return text;
        }
        return field.options().stream()
                .filter(option -> means(option, text))
                .map(PicklistOption::value)
                .findFirst()
                .orElse(text);
    }

    private static boolean means(PicklistOption option, String text) {
        return option.value().equalsIgnoreCase(text)
                || option.label().texts().values().stream().anyMatch(label -> label.equalsIgnoreCase(text));
    }

    private static Object integer(Object input) {
        Optional<BigDecimal> number = number(input);
        if (number.isEmpty()) {
            return Wrong.of("expects-integer");
        }
        Object scaled = atScale(number.get(), 0);
        if (scaled instanceof BigDecimal whole) {
            return whole.longValueExact();
        }
        boolean fraction = scaled instanceof Wrong wrong && wrong.code().equals("too-many-decimals");
        return fraction ? Wrong.of("expects-integer") : scaled;
    }

    private static Object decimal(FieldDefinition field, Object input) {
        Optional<BigDecimal> number = number(input);
        return number.isEmpty() ? Wrong.of("expects-number") : atScale(number.get(), field.scale());
    }

    /// Looks at the number of digits before anything that takes time or memory in proportion to the exponent.
    static Object atScale(BigDecimal number, int scale) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        if ((long) number.precision() - number.scale() > GREATEST_DIGITS) {
            return Wrong.of("number-too-big");
        }
        BigDecimal stripped = number.stripTrailingZeros();
        if (stripped.scale() > scale) {
            return Wrong.of("too-many-decimals", scale);
        }
        BigDecimal scaled = stripped.setScale(scale);
        return scaled.unscaledValue().bitLength() < Long.SIZE ? scaled : Wrong.of("number-too-big");
    }

    private static Optional<BigDecimal> number(Object input) {
        return switch (input) {
            case BigDecimal decimal -> Optional.of(decimal);
            case BigInteger integer -> Optional.of(new BigDecimal(integer));
            case Long number -> Optional.of(BigDecimal.valueOf(number));
            case Integer number -> Optional.of(BigDecimal.valueOf(number));
            case Double number -> Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number)) : Optional.empty();
            case String text ->
                NUMBER.matcher(text.strip()).matches() ? Optional.of(new BigDecimal(text.strip())) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Object bool(Object input, Form form) {
        if (input instanceof Boolean) {
            return input;
        }
        if (form == Form.TEXT) {
            switch (input.toString().strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "y", "1", "是" -> {
                    return true;
                }
                case "false", "no", "n", "0", "否" -> {
                    return false;
                }
                default -> {}
            }
        }
        return Wrong.of("expects-boolean");
    }

    private static Object date(Object input) {
        if (input instanceof LocalDate date) {
            return inRange(date.getYear()) ? date : Wrong.of("date-out-of-range");
        }
        try {
            LocalDate date = LocalDate.parse(textOf(input));
            return inRange(date.getYear()) ? date : Wrong.of("date-out-of-range");
        } catch (DateTimeException exception) {
            return Wrong.of("expects-date");
        }
    }

    /// The database keeps microseconds; finer parts would make a stored value differ from the one sent.
    private static Object instant(Object input) {
        try {
            Instant instant = input instanceof Instant given
                    ? given
                    : OffsetDateTime.parse(textOf(input)).toInstant();
            return inRange(instant.atOffset(ZoneOffset.UTC).getYear())
                    ? instant.truncatedTo(ChronoUnit.MICROS)
                    : Wrong.of("date-out-of-range");
        } catch (DateTimeException exception) {
            return Wrong.of("expects-datetime");
        }
    }

    private static Object id(Object input) {
        if (input instanceof UUID) {
            return input;
        }
        String text = textOf(input);
        return ID.matcher(text).matches() ? UUID.fromString(text) : Wrong.of("expects-id");
    }

    private static String textOf(Object input) {
        return input instanceof String text ? text.strip() : "";
    }

    private static boolean inRange(int year) {
        return year >= 1 && year <= 9999;
    }
}
