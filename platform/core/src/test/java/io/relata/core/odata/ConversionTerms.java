package io.relata.core.odata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes random uses of `cast`, `case`, `isof`, `time`, differences of moments and regular expressions.
final class ConversionTerms {

    private static final List<String> PATTERNS =
            List.of("^[A-Z]", "o", "[0-9]{2}", "^(?:a|b|c).*$", "\\d+", ".{4}", "[^a-z ]$", "北|京", "\\.", "x*y?z+");

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}([.][0-9]{1,20})?");

    private final TermGenerator terms;
    private final Random random;

    ConversionTerms(TermGenerator terms, Random random) {
        this.terms = terms;
        this.random = random;
    }

    /// A condition on what a value is in another type.
    Term condition(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> fits(depth);
            case 1 -> isOf();
            case 2 -> compared(numberOf(depth), terms.number(0));
            case 3 -> compared(textOf(), terms.text(0));
            default -> compared(secondsBetween(), number(random.nextInt(400) * 86_400L - 86_400L * 200));
        };
    }

    private Term compared(Term left, Term right) {
        String operator = List.of("eq", "ne", "gt", "le").get(random.nextInt(4));
        return new Term(
                left.text() + " " + operator + " " + right.text(),
                record -> Meaning.compare(operator, left.of(record), right.of(record)));
    }

    private static Term number(long value) {
        return new Term(Long.toString(value), record -> value);
    }

    private Term fits(int depth) {
        Term text = terms.text(depth - 1);
        String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
        return new Term(
                "matchespattern(" + text.text() + ",'" + pattern + "')",
                record -> text.of(record) instanceof String value
                        ? Pattern.compile(pattern, Pattern.DOTALL)
                                .matcher(value)
                                .find()
                        : null);
    }

    private Term isOf() {
        Term value =
                terms.property(List.of("amount", "quantity", "closed", "name").get(random.nextInt(4)));
        boolean numbers = random.nextBoolean();
        return new Term("isof(" + value.text() + "," + (numbers ? "Edm.Decimal" : "Edm.Date") + ")", record -> {
            Object found = value.of(record);
            return numbers ? found instanceof Number : found instanceof LocalDate;
        });
    }

    /// Numbers out of texts, out of other numbers, and by cases.
    private Term numberOf(int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> cast(terms.property("code"), "Edm.Decimal", ConversionTerms::parsed);
            case 1 ->
                cast(
                        terms.property("amount"),
                        "Edm.Int64",
                        value -> ((BigDecimal) value)
                                .setScale(0, RoundingMode.HALF_UP)
                                .longValueExact());
            case 2 ->
                cast(
                        cast(terms.property("amount"), "Edm.String", ConversionTerms::digits),
                        "Edm.Double",
                        ConversionTerms::parsed);
            default -> choice(depth);
        };
    }

    private Term choice(int depth) {
        Term condition = terms.filter(depth - 1);
        Term other = terms.filter(0);
        Term first = terms.number(depth - 1);
        Term second = random.nextBoolean() ? terms.number(0) : new Term("null", record -> null);
        return new Term(
                "case(" + condition.text() + ":" + first.text() + "," + other.text() + ":" + second.text() + ")",
                record -> {
                    if (Boolean.TRUE.equals(condition.of(record))) {
                        return first.of(record);
                    }
                    return Boolean.TRUE.equals(other.of(record)) ? second.of(record) : null;
                });
    }

    private Term textOf() {
        return switch (random.nextInt(6)) {
            case 0 -> cast(terms.property("closed"), "Edm.String", Object::toString);
            case 1 -> cast(terms.property("met"), "Edm.String", ConversionTerms::written);
            case 2 -> cast(terms.property("companyId"), "Edm.String", Object::toString);
            case 3 -> cast(terms.property("hot"), "Edm.String", Object::toString);
            case 4 -> cast(terms.property("quantity"), "Edm.String", ConversionTerms::digits);
            default ->
                call(
                        "time",
                        terms.property("met"),
                        moment -> ((Instant) moment)
                                .atZone(ZoneOffset.UTC)
                                .toLocalTime()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .format(DateTimeFormatter.ofPattern("HH:mm:ss")));
        };
    }

    private Term secondsBetween() {
        boolean dates = random.nextBoolean();
        Term later = terms.property(dates ? "closed" : "met");
        Term earlier = terms.property(dates ? "due" : "seen");
        return new Term("totalseconds(" + later.text() + " sub " + earlier.text() + ")", record -> {
            Object to = later.of(record);
            Object from = earlier.of(record);
            if (to == null || from == null) {
                return null;
            }
            return dates
                    ? Long.valueOf(ChronoUnit.DAYS.between((LocalDate) from, (LocalDate) to) * 86_400)
                    : BigDecimal.valueOf(
                            Duration.between((Instant) from, (Instant) to).toNanos(), 9);
        });
    }

    private static Term cast(Term value, String type, Function<Object, @Nullable Object> meaning) {
        return new Term("cast(" + value.text() + "," + type + ")", applied(value, meaning));
    }

    private static Term call(String function, Term value, Function<Object, @Nullable Object> meaning) {
        return new Term(function + "(" + value.text() + ")", applied(value, meaning));
    }

    private static Function<Map<String, @Nullable Object>, @Nullable Object> applied(
            Term value, Function<Object, @Nullable Object> meaning) {
        return record -> {
            Object found = value.of(record);
            return found == null ? null : meaning.apply(found);
        };
    }

    private static @Nullable Object parsed(Object text) {
        return NUMBER.matcher((String) text).matches() ? new BigDecimal((String) text) : null;
    }

    private static String digits(Object number) {
        BigDecimal stripped = Meaning.decimal(number).stripTrailingZeros();
        return stripped.signum() == 0 ? "0" : stripped.toPlainString();
    }

    private static String written(Object instant) {
        String text = instant.toString();
        int point = text.indexOf('.');
        return point < 0 ? text : text.substring(0, text.length() - 1).replaceAll("0+$", "") + "Z";
    }
}
