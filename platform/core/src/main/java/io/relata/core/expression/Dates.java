package io.relata.core.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Computes what begins with a date or a moment.
final class Dates {

    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final BigDecimal FARTHEST_DAYS = BigDecimal.valueOf(4_000_000);
    private static final BigDecimal FARTHEST_SECONDS = BigDecimal.valueOf(400_000_000_000L);

    private Dates() {}

    static @Nullable Object ofDate(Op op, LocalDate date, Object[] given) {
        return switch (op) {
            case YEAR -> BigDecimal.valueOf(date.getYear());
            case MONTH -> BigDecimal.valueOf(date.getMonthValue());
            case DAY -> BigDecimal.valueOf(date.getDayOfMonth());
            case WEEKDAY -> BigDecimal.valueOf(date.getDayOfWeek().getValue());
            case ADD_DAYS -> within((BigDecimal) given[1], date, ChronoUnit.DAYS);
            case ADD_MONTHS -> within((BigDecimal) given[1], date, ChronoUnit.MONTHS);
            case DAYS_BETWEEN -> BigDecimal.valueOf(ChronoUnit.DAYS.between((LocalDate) given[1], date));
            case FIRST_OF_MONTH -> date.withDayOfMonth(1);
            case LAST_OF_MONTH -> date.with(TemporalAdjusters.lastDayOfMonth());
            case TEXT_OF_DATE -> date.toString();
            default -> throw new IllegalArgumentException("Not of dates: " + op);
        };
    }

    private static @Nullable LocalDate within(BigDecimal count, LocalDate date, ChronoUnit unit) {
        if (count.abs().compareTo(FARTHEST_DAYS) > 0) {
            return null;
        }
        LocalDate moved = date.plus(count.longValue(), unit);
        return moved.getYear() < 1 || moved.getYear() > 9_999 ? null : moved;
    }

    static @Nullable LocalDate made(Object[] given) {
        try {
            int year = ((BigDecimal) given[0]).intValueExact();
            int month = ((BigDecimal) given[1]).intValueExact();
            int day = ((BigDecimal) given[2]).intValueExact();
            return year < 1 || year > 9_999 ? null : LocalDate.of(year, month, day);
        } catch (DateTimeException | ArithmeticException exception) {
            return null;
        }
    }

    static @Nullable Object ofMoment(Op op, Instant moment, Object[] given, ZoneId zone) {
        ZonedDateTime there = moment.atZone(zone);
        return switch (op) {
            case DATE_OF -> there.toLocalDate();
            case HOUR -> BigDecimal.valueOf(there.getHour());
            case MINUTE -> BigDecimal.valueOf(there.getMinute());
            case TEXT_OF_MOMENT -> TO_THE_MINUTE.format(there);
            case MOVE -> moved(moment, (BigDecimal) given[1]);
            case SPAN_BETWEEN -> {
                long micros = ChronoUnit.MICROS.between((Instant) given[1], moment);
                yield BigDecimal.valueOf(micros, 6);
            }
            default -> throw new IllegalArgumentException("Not of moments: " + op);
        };
    }

    private static @Nullable Instant moved(Instant moment, BigDecimal seconds) {
        if (seconds.abs().compareTo(FARTHEST_SECONDS) > 0) {
            return null;
        }
        Instant moved =
                moment.plusSeconds(seconds.setScale(0, RoundingMode.HALF_UP).longValue());
        int year = moved.atOffset(java.time.ZoneOffset.UTC).getYear();
        return year < 1 || year > 9_999 ? null : moved;
    }
}
