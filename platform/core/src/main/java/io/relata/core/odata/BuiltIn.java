package io.relata.core.odata;

import static io.relata.core.metadata.ValueKind.DATE;
import static io.relata.core.metadata.ValueKind.DECIMAL;
import static io.relata.core.metadata.ValueKind.INSTANT;
import static io.relata.core.metadata.ValueKind.INTEGER;
import static io.relata.core.metadata.ValueKind.STRING;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Function;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// OData's functions that have a value, with what they take.
///
/// @param takes the kinds that each argument can be of
/// @param least how many arguments there must be
record BuiltIn(Function function, List<Set<ValueKind>> takes, int least) {

    private static final Set<ValueKind> TEXTS = EnumSet.of(STRING);
    private static final Set<ValueKind> WHOLE = EnumSet.of(INTEGER);
    private static final Set<ValueKind> NUMBERS = EnumSet.of(INTEGER, DECIMAL);
    private static final Set<ValueKind> DAYS = EnumSet.of(DATE, INSTANT);
    private static final Set<ValueKind> MOMENTS = EnumSet.of(INSTANT);

    static final Map<String, BuiltIn> BY_NAME = Map.ofEntries(
            Map.entry("tolower", of(Function.LOWER, TEXTS)),
            Map.entry("toupper", of(Function.UPPER, TEXTS)),
            Map.entry("trim", of(Function.TRIM, TEXTS)),
            Map.entry("length", of(Function.LENGTH, TEXTS)),
            Map.entry("concat", new BuiltIn(Function.CONCAT, List.of(TEXTS, TEXTS), 2)),
            Map.entry("indexof", new BuiltIn(Function.INDEX_OF, List.of(TEXTS, TEXTS), 2)),
            Map.entry("substring", new BuiltIn(Function.SUBSTRING, List.of(TEXTS, WHOLE, WHOLE), 2)),
            Map.entry("year", of(Function.YEAR, DAYS)),
            Map.entry("month", of(Function.MONTH, DAYS)),
            Map.entry("day", of(Function.DAY, DAYS)),
            Map.entry("hour", of(Function.HOUR, MOMENTS)),
            Map.entry("minute", of(Function.MINUTE, MOMENTS)),
            Map.entry("second", of(Function.SECOND, MOMENTS)),
            Map.entry("fractionalseconds", of(Function.FRACTION_OF_SECOND, MOMENTS)),
            Map.entry("date", of(Function.DATE, MOMENTS)),
            Map.entry("time", of(Function.TIME, MOMENTS)),
            Map.entry("totaloffsetminutes", of(Function.OFFSET, MOMENTS)),
            Map.entry("round", of(Function.ROUND, NUMBERS)),
            Map.entry("floor", of(Function.FLOOR, NUMBERS)),
            Map.entry("ceiling", of(Function.CEILING, NUMBERS)));

    /// What OData has and we have not, so that the refusal does not call it unknown.
    static final Set<String> MISSING = Set.of("hassubset", "hassubsequence", "geo.length");

    BuiltIn {
        takes = List.copyOf(takes);
    }

    private static BuiltIn of(Function function, Set<ValueKind> argument) {
        return new BuiltIn(function, List.of(argument), 1);
    }
}
