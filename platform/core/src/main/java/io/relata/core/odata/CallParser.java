package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Filter;
import io.relata.core.query.Function;
import io.relata.core.query.GeoBox;
import io.relata.core.query.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads calls of functions: OData's, and ours for days relative to today and for hierarchies.
final class CallParser {

    private static final Map<String, Filter.Place> MATCHES = Map.of(
            "contains", Filter.Place.ANYWHERE,
            "startswith", Filter.Place.START,
            "endswith", Filter.Place.END);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final ExpressionParser expressions;
    private final Tokens tokens;
    private final QueryContext context;

    CallParser(ExpressionParser expressions, Tokens tokens, QueryContext context) {
        this.expressions = expressions;
        this.tokens = tokens;
        this.context = context;
    }

    /// Reads the call of the function whose name has been read.
    Operand read(Token name) {
        BuiltIn function = BuiltIn.BY_NAME.get(name.text());
        if (function != null) {
            return call(name, function, arguments());
        }
        Filter.Place place = MATCHES.get(name.text());
        if (place != null) {
            return match(name, place, arguments());
        }
        if (RelativeDays.isFunction(name.text())) {
            return relative(name, arguments());
        }
        Filter.Way way = HierarchyCalls.way(name.text());
        if (way != null) {
            return standing(name, way, arguments());
        }
        return switch (name.text()) {
            case "case" -> new CaseParser(expressions, tokens).read(name);
            case "cast" -> new CastParser(expressions, tokens).cast(name);
            case "isof" -> new CastParser(expressions, tokens).isOf(name);
            case "matchespattern", "matchesPattern" -> fits(name, arguments());
            case "totalseconds" -> seconds(name, arguments());
            case "geo.distance" -> distance(name, arguments());
            case "geo.intersects" -> intersects(name, arguments());
            case "now" -> moment(name, context.now());
            case "mindatetime" -> moment(name, FIRST);
            case "maxdatetime" -> moment(name, LAST);
            default ->
                throw BuiltIn.MISSING.contains(name.text())
                        ? Refusal.of("query-unsupported", tokens.option(), name.text())
                        : tokens.named("query-unknown-name", name);
        };
    }

    private List<Operand> arguments() {
        List<Operand> arguments = new ArrayList<>();
        tokens.require("(");
        if (tokens.skip(")")) {
            return arguments;
        }
        do {
            arguments.add(expressions.expression());
        } while (tokens.skip(","));
        tokens.require(")");
        return arguments;
    }

    private Operand moment(Token name, Instant instant) {
        requireCount(name, arguments(), 0, 0);
        return new Operand(new Value.Literal(ValueKind.INSTANT, instant), name, 1);
    }

    private Operand call(Token name, BuiltIn function, List<Operand> arguments) {
        requireCount(name, arguments, function.least(), function.takes().size());
        for (int i = 0; i < arguments.size(); i++) {
            Operand argument = arguments.get(i);
            if (argument.isNull() || !function.takes().get(i).contains(argument.kind())) {
                throw tokens.at("query-type-mismatch", argument.at());
            }
        }
        List<Value> values = arguments.stream().map(Operand::value).toList();
        return new Operand(
                new Value.Call(function.function(), values), name, expressions.higher(Operand.tallest(arguments)));
    }

    private Operand match(Token name, Filter.Place place, List<Operand> arguments) {
        requireCount(name, arguments, 2, 2);
        for (Operand argument : arguments) {
            if (argument.isNull() || argument.kind() != ValueKind.STRING) {
                throw tokens.at("query-type-mismatch", argument.at());
            }
        }
        Filter match = new Filter.Match(
                arguments.getFirst().value(), place, arguments.getLast().value());
        return Operand.of(match, name, expressions.higher(Operand.tallest(arguments)));
    }

    private Operand fits(Token name, List<Operand> arguments) {
        requireCount(name, arguments, 2, 2);
        Operand text = arguments.getFirst();
        Operand pattern = arguments.getLast();
        if (text.isNull() || text.kind() != ValueKind.STRING) {
            throw tokens.at("query-type-mismatch", text.at());
        }
        if (!(pattern.value() instanceof Value.Literal literal && literal.value() instanceof String expression)) {
            throw tokens.at("query-type-mismatch", pattern.at());
        }
        if (!SafePattern.accepts(expression)) {
            throw Refusal.of("query-literal", tokens.option(), expression);
        }
        return Operand.of(new Filter.Fits(text.value(), expression), name, expressions.higher(text.height()));
    }

    /// Durations are their seconds here.
    private Operand seconds(Token name, List<Operand> arguments) {
        requireCount(name, arguments, 1, 1);
        Operand duration = arguments.getFirst();
        if (!duration.isNumber()) {
            throw tokens.at("query-type-mismatch", duration.at());
        }
        return duration;
    }

    private Operand relative(Token name, List<Operand> arguments) {
        boolean counts = RelativeDays.takesNumber(name.text());
        requireCount(name, arguments, counts ? 2 : 1, counts ? 2 : 1);
        Operand moment = arguments.getFirst();
        if (moment.isNull() || (moment.kind() != ValueKind.DATE && moment.kind() != ValueKind.INSTANT)) {
            throw tokens.at("query-type-mismatch", moment.at());
        }
        int number = 0;
        if (counts) {
            Operand last = arguments.getLast();
            number = RelativeDays.number(last.value());
            if (number < 0) {
                throw tokens.at("query-relative-number", last.at());
            }
        }
        Filter within = new RelativeDays(context).within(name.text(), moment.value(), number);
        return Operand.of(within, name, expressions.higher(moment.height()));
    }

    private Operand distance(Token name, List<Operand> points) {
        requireCount(name, points, 2, 2);
        for (Operand point : points) {
            if (point.isNull() || point.kind() != ValueKind.POINT) {
                throw tokens.at("query-type-mismatch", point.at());
            }
        }
        List<Value> values = points.stream().map(Operand::value).toList();
        return new Operand(
                new Value.Call(Function.DISTANCE, values), name, expressions.higher(Operand.tallest(points)));
    }

    /// Reads whether a point lies in an area, which is a box along the lines of longitude and latitude.
    private Operand intersects(Token name, List<Operand> arguments) {
        requireCount(name, arguments, 2, 2);
        Operand point = arguments.getFirst();
        if (!(point.value() instanceof Value.Path path) || path.kind() != ValueKind.POINT) {
            throw tokens.at("query-type-mismatch", point.at());
        }
        Operand area = arguments.getLast();
        if (!(area.value() instanceof Value.Literal literal) || !(literal.value() instanceof GeoBox box)) {
            throw tokens.at("query-type-mismatch", area.at());
        }
        return Operand.of(new Filter.Within(path, box), name, expressions.higher(point.height()));
    }

    private Operand standing(Token name, Filter.Way way, List<Operand> arguments) {
        requireCount(name, arguments, 2, 2);
        Filter standing = HierarchyCalls.read(tokens, context, way, arguments.getFirst(), arguments.getLast());
        return Operand.of(standing, name, expressions.higher(Operand.tallest(arguments)));
    }

    /// Returns a date or moment moved by a duration; a constant is moved at once, so that an index serves.
    Operand later(Operand moment, Token duration, boolean earlier) {
        if (moment.isNull() || (moment.kind() != ValueKind.DATE && moment.kind() != ValueKind.INSTANT)) {
            throw tokens.at("query-type-mismatch", duration);
        }
        try {
            Duration parsed = Duration.parse(duration.text());
            Duration step = earlier ? parsed.negated() : parsed;
            Value moved = moment.kind() == ValueKind.DATE
                    ? daysLater(moment.value(), step)
                    : microsecondsLater(moment.value(), step);
            return new Operand(moved, moment.at(), expressions.higher(moment.height()));
        } catch (DateTimeException | ArithmeticException exception) {
            throw Refusal.of("query-literal", tokens.option(), duration.text());
        }
    }

    private static Value daysLater(Value date, Duration step) {
        if (!step.equals(Duration.ofDays(step.toDays()))) {
            throw new DateTimeException("A date has no hours: " + step);
        }
        if (date instanceof Value.Literal literal && literal.value() instanceof LocalDate day) {
            return new Value.Literal(ValueKind.DATE, day.plusDays(step.toDays()));
        }
        return new Value.Call(Function.DAYS_LATER, List.of(date, new Value.Literal(ValueKind.INTEGER, step.toDays())));
    }

    private static Value microsecondsLater(Value moment, Duration step) {
        if (moment instanceof Value.Literal literal && literal.value() instanceof Instant instant) {
            return new Value.Literal(ValueKind.INSTANT, instant.plus(step));
        }
        long microseconds = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(step));
        return new Value.Call(
                Function.MICROSECONDS_LATER, List.of(moment, new Value.Literal(ValueKind.INTEGER, microseconds)));
    }

    private void requireCount(Token name, List<Operand> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw tokens.named("query-arguments", name);
        }
    }
}
