package io.relata.core.metadata.type;

import com.ibm.icu.number.LocalizedNumberFormatter;
import com.ibm.icu.number.Notation;
import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.GroupingStrategy;
import com.ibm.icu.number.NumberFormatter.TrailingZeroDisplay;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.text.DateTimePatternGenerator;
import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import io.relata.core.metadata.DisplayFormat;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Numbers, amounts, days and moments as people read them, the same as the pages show, from the same data of languages.
public final class Shown {

    private static final int MOST_DECIMALS = 12;
    private static final int USUAL_DECIMALS = 2;
    private static final String CLOCK = " HH:mm";

    private static final Map<String, LocalizedNumberFormatter> NUMBERS = new ConcurrentHashMap<>();
    private static final Map<String, DateTimeFormatter> DAYS = new ConcurrentHashMap<>();

    private Shown() {}

    /// Four digits stay together: years are whole numbers too.
    static String whole(Object value, Locale locale) {
        return number(
                "whole",
                locale,
                value,
                () -> NumberFormatter.with()
                        .precision(Precision.integer())
                        .grouping(GroupingStrategy.MIN2)
                        .locale(numbers(locale)));
    }

    /// At least the first two decimals of the scale, so that columns of numbers line up.
    static String decimal(Object value, int scale, Locale locale) {
        return number(
                "decimal" + scale,
                locale,
                value,
                () -> NumberFormatter.with()
                        .precision(Precision.minMaxFraction(Math.min(scale, USUAL_DECIMALS), scale))
                        .locale(numbers(locale)));
    }

    static String percent(Object value, Locale locale) {
        return number(
                "percent",
                locale,
                value,
                () -> NumberFormatter.with()
                        .precision(Precision.maxFraction(MOST_DECIMALS))
                        .locale(numbers(locale)));
    }

    static String money(Object value, String currency, Locale locale) {
        return number(
                "money" + currency,
                locale,
                value,
                () -> NumberFormatter.with()
                        .unit(Currency.getInstance(currency))
                        .unitWidth(UnitWidth.NARROW)
                        .precision(Precision.currency(Currency.CurrencyUsage.STANDARD)
                                .trailingZeroDisplay(TrailingZeroDisplay.HIDE_IF_WHOLE))
                        .locale(numbers(locale)));
    }

    /// A number as its definition wants it.
    ///
    /// @param currency of an amount; `null` for what is none
    static String styled(Object value, DisplayFormat format, @Nullable String currency, Locale locale) {
        String key = "styled" + format.style() + format.decimals() + currency;
        return number(key, locale, value, () -> styled(format, currency).locale(numbers(locale)));
    }

    private static com.ibm.icu.number.UnlocalizedNumberFormatter styled(
            DisplayFormat format, @Nullable String currency) {
        boolean compact = "compact".equals(format.style());
        var styled = NumberFormatter.with();
        if (compact) {
            styled = styled.notation(Notation.compactShort()).grouping(GroupingStrategy.MIN2);
        } else if ("plain".equals(format.style())) {
            styled = styled.grouping(GroupingStrategy.OFF);
        }
        if (currency != null) {
            styled = styled.unit(Currency.getInstance(currency)).unitWidth(UnitWidth.NARROW);
        }
        Integer decimals = format.decimals() == null && compact ? Integer.valueOf(1) : format.decimals();
        if (decimals != null) {
            return styled.precision(Precision.minMaxFraction(compact ? 0 : decimals, decimals));
        }
        return currency == null ? styled.precision(Precision.maxFraction(MOST_DECIMALS)) : styled;
    }

    private static String number(
            String key, Locale locale, Object value, Supplier<LocalizedNumberFormatter> formatter) {
        return NUMBERS.computeIfAbsent(
                        key + locale.toLanguageTag(), absent -> formatter.get().roundingMode(RoundingMode.HALF_UP))
                .format((Number) value)
                .toString();
    }

    static String day(LocalDate day, Locale locale) {
        return days("day", false, locale).format(day);
    }

    public static String moment(Instant moment, ZoneId zone, Locale locale) {
        return days("day", true, locale).format(moment.atZone(zone));
    }

    /// A day, or a moment, as its definition wants it. How long ago something is stays true for no time in a file: that
    /// style is left to the pages.
    static String styled(Object value, String style, ZoneId zone, Locale locale) {
        boolean relative = style.equals("relative");
        boolean timed = value instanceof Instant && (style.equals("short") || style.equals("long") || relative);
        TemporalAccessor shown = value instanceof Instant moment ? moment.atZone(zone) : (LocalDate) value;
        return days(relative ? "day" : style, timed, locale).format(shown);
    }

    private static DateTimeFormatter days(String style, boolean timed, Locale locale) {
        return DAYS.computeIfAbsent(style + timed + locale.toLanguageTag(), absent -> {
            Locale ordered = dates(locale);
            String pattern = DateTimePatternGenerator.getInstance(ULocale.forLocale(ordered))
                    .getBestPattern(skeleton(style, ordered));
            return DateTimeFormatter.ofPattern(timed ? pattern + CLOCK : pattern, ordered);
        });
    }

    private static String skeleton(String style, Locale locale) {
        return switch (style) {
            case "short" -> "yMMdd";
            case "long" -> "yMMMMEEEEd";
            case "month" -> "yMMMM";
            case "year" -> "y";
            default -> locale.getLanguage().equals("zh") ? "yMMMMd" : "yMMMd";
        };
    }

    private static Locale numbers(Locale locale) {
        return locale.getLanguage().equals("en") ? Locale.US : locale;
    }

    /// The day before the month in English: a date that is read on both sides of the ocean must not be ambiguous.
    private static Locale dates(Locale locale) {
        return locale.getLanguage().equals("en") ? Locale.UK : locale;
    }
}
