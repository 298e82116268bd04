package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Filter;
import io.relata.core.query.Value;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Conditions that say when something is, seen from today: `Relata.ThisQuarter(closeDate)`,
/// `Relata.LastDays(createdAt,7)`.
///
/// Days, weeks, months, quarters and years are those of the caller's calendar; each condition becomes a range with its
/// end left out, so that an index serves and no moment falls between two.
final class RelativeDays {

    private static final String PREFIX = TenantEdmProvider.NAMESPACE + ".";

    /// Far enough for everybody, near enough for every calendar.
    private static final int MAX_NUMBER = 5_000;

    private enum Unit {
        DAY,
        WEEK,
        MONTH,
        QUARTER,
        YEAR
    }

    /// @param from  units from the current one to the first; `null` for no beginning
    /// @param to    units from the current one to the one that follows the last; `null` for no end
    /// @param first how often the caller's number counts for the first
    /// @param last  how often the caller's number counts for the one that follows the last
    private record Range(
            Unit unit, @Nullable Integer from, @Nullable Integer to, int first, int last) {

        private static Range single(Unit unit, int offset) {
            return new Range(unit, offset, offset + 1, 0, 0);
        }

        private boolean takesNumber() {
            return first != 0 || last != 0;
        }
    }

    private static final Map<String, Range> RANGES = Map.ofEntries(
            Map.entry("Yesterday", Range.single(Unit.DAY, -1)),
            Map.entry("Today", Range.single(Unit.DAY, 0)),
            Map.entry("Tomorrow", Range.single(Unit.DAY, 1)),
            Map.entry("LastWeek", Range.single(Unit.WEEK, -1)),
            Map.entry("ThisWeek", Range.single(Unit.WEEK, 0)),
            Map.entry("NextWeek", Range.single(Unit.WEEK, 1)),
            Map.entry("LastMonth", Range.single(Unit.MONTH, -1)),
            Map.entry("ThisMonth", Range.single(Unit.MONTH, 0)),
            Map.entry("NextMonth", Range.single(Unit.MONTH, 1)),
            Map.entry("LastQuarter", Range.single(Unit.QUARTER, -1)),
            Map.entry("ThisQuarter", Range.single(Unit.QUARTER, 0)),
            Map.entry("NextQuarter", Range.single(Unit.QUARTER, 1)),
            Map.entry("LastYear", Range.single(Unit.YEAR, -1)),
            Map.entry("ThisYear", Range.single(Unit.YEAR, 0)),
            Map.entry("NextYear", Range.single(Unit.YEAR, 1)),
            Map.entry("LastDays", last(Unit.DAY)),
            Map.entry("NextDays", next(Unit.DAY)),
            Map.entry("LastWeeks", last(Unit.WEEK)),
            Map.entry("NextWeeks", next(Unit.WEEK)),
            Map.entry("LastMonths", last(Unit.MONTH)),
            Map.entry("NextMonths", next(Unit.MONTH)),
            Map.entry("LastQuarters", last(Unit.QUARTER)),
            Map.entry("NextQuarters", next(Unit.QUARTER)),
            Map.entry("LastYears", last(Unit.YEAR)),
            Map.entry("NextYears", next(Unit.YEAR)),
            Map.entry("OlderThanDays", new Range(Unit.DAY, null, 0, 0, -1)),
            Map.entry("BeforeToday", new Range(Unit.DAY, null, 0, 0, 0)),
            Map.entry("AfterToday", new Range(Unit.DAY, 1, null, 0, 0)));

    private final QueryContext context;

    RelativeDays(QueryContext context) {
        this.context = context;
    }

    /// The units before the current one, and that one.
    private static Range last(Unit unit) {
        return new Range(unit, 0, 1, -1, 0);
    }

    /// The current unit and those that follow.
    private static Range next(Unit unit) {
        return new Range(unit, 0, 1, 0, 1);
    }

    static boolean isFunction(String name) {
        return name.startsWith(PREFIX) && RANGES.containsKey(name.substring(PREFIX.length()));
    }

    static boolean takesNumber(String name) {
        return range(name).takesNumber();
    }

    /// Returns the number of units that the value says; a negative one when it is none or too large.
    static int number(Value value) {
        return value instanceof Value.Literal literal
                        && literal.value() instanceof Long number
                        && number >= 0
                        && number <= MAX_NUMBER
                ? number.intValue()
                : -1;
    }

    Filter within(String name, Value moment, int number) {
        Range range = range(name);
        List<Filter> bounds = new ArrayList<>();
        if (range.from() != null) {
            LocalDate from = start(range.unit(), range.from() + range.first() * number);
            bounds.add(new Filter.Compare(moment, Filter.Operator.GREATER_OR_EQUAL, bound(moment, from)));
        }
        if (range.to() != null) {
            LocalDate to = start(range.unit(), range.to() + range.last() * number);
            bounds.add(new Filter.Compare(moment, Filter.Operator.LESS, bound(moment, to)));
        }
        return bounds.size() == 1 ? bounds.getFirst() : new Filter.And(bounds);
    }

    private static Range range(String name) {
        Range range = RANGES.get(name.substring(PREFIX.length()));
        if (range == null) {
            throw new IllegalArgumentException("No such function: " + name);
        }
        return range;
    }

    /// Returns the first day of a unit, counted from the current one.
    private LocalDate start(Unit unit, int offset) {
        LocalDate today = LocalDate.ofInstant(context.now(), context.zone());
        return switch (unit) {
            case DAY -> today.plusDays(offset);
            case WEEK ->
                today.with(TemporalAdjusters.previousOrSame(context.weekStart()))
                        .plusWeeks(offset);
            case MONTH -> today.withDayOfMonth(1).plusMonths(offset);
            case QUARTER -> today.with(IsoFields.DAY_OF_QUARTER, 1).plusMonths(3L * offset);
            case YEAR -> today.withDayOfYear(1).plusYears(offset);
        };
    }

    private Value.Literal bound(Value moment, LocalDate day) {
        ZoneId zone = context.zone();
        return moment.kind() == ValueKind.DATE
                ? new Value.Literal(ValueKind.DATE, day)
                : new Value.Literal(ValueKind.INSTANT, day.atStartOfDay(zone).toInstant());
    }
}
