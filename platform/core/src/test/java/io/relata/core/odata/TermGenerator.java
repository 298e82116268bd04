package io.relata.core.odata;

import io.relata.core.query.QueryWorld;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes random filters over the deals of [Deals], with all types, operators and functions.
final class TermGenerator {

    private static final List<String> COMPARISONS = List.of("eq", "ne", "gt", "ge", "lt", "le");

    private final Random random;
    private final List<UUID> ids;
    private final ConversionTerms conversions;

    /// The names of the members that conditions look at, the innermost last.
    private final Deque<String> variables = new ArrayDeque<>();

    TermGenerator(Random random, List<UUID> ids) {
        this.random = random;
        this.ids = ids;
        this.conversions = new ConversionTerms(this, random);
    }

    Term filter(int depth) {
        int kind = random.nextInt(depth <= 0 ? 4 : 14);
        return switch (kind) {
            case 12, 13 -> conversions.condition(depth);
            case 9 -> relative();
            case 10, 11 -> variables.size() < 2 ? members(depth) : comparison(depth);
            case 4 -> joined("and", filter(depth - 1), filter(depth - 1));
            case 5 -> joined("or", filter(depth - 1), filter(depth - 1));
            case 6 -> not(filter(depth - 1));
            case 7 -> comparison(truth(depth - 1), truth(depth - 1), COMPARISONS.subList(0, 2));
            case 3 -> match(depth);
            case 2 -> in();
            case 1 -> random.nextInt(4) == 0 ? property(pick("hot", "warm")) : againstNull(depth);
            default -> comparison(depth);
        };
    }

    /// A condition on the members of a collection, in which the records around can be named, too.
    private Term members(int depth) {
        String collection = owner() + pick(Deals.COLLECTIONS);
        String plain = collection.replace("$it/", "");
        String variable = "v" + variables.size();
        variables.addLast(variable);
        Term condition = filter(depth - 1);
        variables.removeLast();
        boolean all = random.nextBoolean();
        String text = collection + (all ? "/all(" : "/any(") + variable + ":" + condition.text() + ")";
        return new Term(text, record -> {
            Stream<Map<String, @Nullable Object>> members = Deals.members(record, plain).stream();
            return all
                    ? members.allMatch(member -> matches(condition, record, variable, member))
                    : members.anyMatch(member -> matches(condition, record, variable, member));
        });
    }

    private static boolean matches(
            Term condition,
            Map<String, @Nullable Object> record,
            String variable,
            Map<String, @Nullable Object> member) {
        Map<String, @Nullable Object> both = new HashMap<>(record);
        member.forEach((path, value) -> both.put(variable + "/" + path, value));
        return Boolean.TRUE.equals(condition.of(both));
    }

    private Term count() {
        String collection = owner() + pick(Deals.COLLECTIONS);
        String plain = collection.replace("$it/", "");
        if (random.nextBoolean()) {
            return new Term(collection + "/$count", record ->
                    (long) Deals.members(record, plain).size());
        }
        String stage = pick("won", "lost", "open");
        return new Term(
                collection + "/$count($filter=stage eq '" + stage + "')",
                record -> Deals.members(record, plain).stream()
                        .filter(member -> stage.equals(member.get("stage")))
                        .count());
    }

    private Term relative() {
        Term moment = random.nextBoolean() ? property(pick("closed", "due")) : property(pick("met", "seen"));
        String name =
                pick("Yesterday", "LastMonth", "ThisMonth", "LastQuarter", "ThisQuarter", "ThisYear", "LastWeeks");
        long days = 20L + random.nextInt(15);
        return switch (random.nextInt(3)) {
            case 0 ->
                relative(
                        "LastDays",
                        moment,
                        days,
                        day -> !day.isBefore(today().minusDays(days)) && !day.isAfter(today()));
            case 1 -> relative("OlderThanDays", moment, days, day -> day.isBefore(today().minusDays(days)));
            default -> relative(name, moment, name.equals("LastWeeks") ? 4 : -1, day -> inUnit(name, day));
        };
    }

    private static Term relative(String name, Term moment, long number, Predicate<LocalDate> meaning) {
        String further = number < 0 ? "" : "," + number;
        return new Term("Relata." + name + "(" + moment.text() + further + ")", record -> {
            Object value = moment.of(record);
            return switch (value) {
                case null -> false;
                case LocalDate date -> meaning.test(date);
                default -> meaning.test(LocalDate.ofInstant((Instant) value, QueryWorld.ZONE));
            };
        });
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(QueryWorld.NOW, QueryWorld.ZONE);
    }

    /// Says for a day whether it belongs, from the day's own week, month or quarter.
    private static boolean inUnit(String name, LocalDate day) {
        return switch (name) {
            case "Yesterday" -> day.plusDays(1).equals(today());
            case "LastMonth" -> YearMonth.from(day).plusMonths(1).equals(YearMonth.from(today()));
            case "ThisMonth" -> YearMonth.from(day).equals(YearMonth.from(today()));
            case "LastQuarter" -> quarter(day) + 1 == quarter(today());
            case "ThisQuarter" -> quarter(day) == quarter(today());
            case "ThisYear" -> day.getYear() == today().getYear();
            case "LastWeeks" -> week(day) <= week(today()) && week(day) >= week(today()) - 4;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static long quarter(LocalDate day) {
        return day.getYear() * 4L + (day.getMonthValue() - 1) / 3;
    }

    /// 1970-01-01 was a Thursday.
    private static long week(LocalDate day) {
        long shift = QueryWorld.WEEK_START == DayOfWeek.MONDAY ? 3 : 4;
        return Math.floorDiv(day.toEpochDay() + shift, 7);
    }

    private Term comparison(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> comparison(text(depth), text(depth), COMPARISONS);
            case 1, 2 -> comparison(number(depth), number(depth), COMPARISONS);
            case 3 -> comparison(date(), date(), COMPARISONS);
            case 4 -> comparison(instant(), instant(), COMPARISONS);
            default -> comparison(uuid(), uuid(), COMPARISONS.subList(0, 2));
        };
    }

    private Term comparison(Term left, Term right, List<String> operators) {
        String operator = operators.get(random.nextInt(operators.size()));
        return new Term(
                left.text() + " " + operator + " " + right.text(),
                record -> Meaning.compare(operator, left.of(record), right.of(record)));
    }

    private Term againstNull(int depth) {
        Term value = switch (random.nextInt(4)) {
            case 0 -> text(depth);
            case 1 -> number(depth);
            case 2 -> date();
            default -> property(pick("hot", "companyId", "agent", "seen"));
        };
        return comparison(
                value, new Term("null", record -> null), COMPARISONS.subList(0, random.nextInt(4) == 0 ? 6 : 2));
    }

    private static Term joined(String operator, Term left, Term right) {
        return new Term(
                "(" + left.text() + ") " + operator + " (" + right.text() + ")",
                record -> operator.equals("and")
                        ? Meaning.and(left.of(record), right.of(record))
                        : Meaning.or(left.of(record), right.of(record)));
    }

    private static Term not(Term part) {
        return new Term("not (" + part.text() + ")", record -> Meaning.not(part.of(record)));
    }

    private Term match(int depth) {
        String method = pick("contains", "startswith", "endswith");
        Term text = text(depth);
        Term part = text(0);
        return new Term(
                method + "(" + text.text() + "," + part.text() + ")",
                record -> Meaning.match(method, text.of(record), part.of(record)));
    }

    private Term in() {
        Term value = switch (random.nextInt(5)) {
            case 0 -> property(pick("stage", "name", "code", "company/name"));
            case 1 -> property(pick("quantity", "visits", "amount", "rate"));
            case 2 -> property(pick("closed", "due"));
            case 3 -> property(pick("companyId", "partnerId", "id"));
            default -> property(pick("met", "seen"));
        };
        List<Term> choices = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            choices.add(choice(value.text().replaceFirst("^(v[0-9]|[$]it)/", "")));
        }
        List<String> texts = choices.stream().map(Term::text).toList();
        return new Term(
                value.text() + " in (" + String.join(",", texts) + ")",
                record -> choices.stream()
                        .anyMatch(choice -> Meaning.compare("eq", value.of(record), choice.of(record))));
    }

    private Term choice(String property) {
        return switch (property) {
            case "quantity", "visits" -> wholeLiteral();
            case "amount", "rate" -> numberLiteral();
            case "closed", "due" -> dateLiteral();
            case "companyId", "partnerId", "id" -> uuidLiteral();
            case "met", "seen" -> instantLiteral();
            default -> textLiteral();
        };
    }

    private Term truth(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> property(pick("hot", "warm"));
            case 1 -> new Term("true", record -> true);
            default -> {
                Term inner = filter(depth - 1);
                yield new Term("(" + inner.text() + ")", inner.meaning());
            }
        };
    }

    Term text(int depth) {
        int kind = random.nextInt(depth > 0 ? 9 : 4);
        return switch (kind) {
            case 4 -> unary("tolower", text(depth - 1), value -> Meaning.lower((String) value));
            case 5 -> unary("toupper", text(depth - 1), value -> Meaning.upper((String) value));
            case 6 -> unary("trim", text(depth - 1), value -> ((String) value).strip());
            case 7 -> binary("concat", text(depth - 1), text(depth - 1), (a, b) -> a + (String) b);
            case 8 -> {
                Term start = new Term(Integer.toString(random.nextInt(5)), record -> 0L);
                long from = Long.parseLong(start.text());
                yield binary("substring", text(depth - 1), start, (a, b) -> Meaning.substring((String) a, from));
            }
            case 0 -> textLiteral();
            default ->
                property(pick(
                        "name",
                        "stage",
                        "email",
                        "code",
                        "notes",
                        "company/name",
                        "company/city",
                        "company/region/name",
                        "partner/name",
                        "company/parent/name"));
        };
    }

    Term number(int depth) {
        int kind = random.nextInt(depth > 0 ? 13 : 4);
        return switch (kind) {
            case 11 -> variables.size() < 2 ? count() : numberLiteral();
            case 12 ->
                unary(
                        "fractionalseconds",
                        property(pick("met", "seen")),
                        value -> BigDecimal.valueOf(((Instant) value).get(ChronoField.NANO_OF_SECOND), 9));
            case 4 -> unary("length", text(depth - 1), value -> Meaning.length((String) value));
            case 5 -> binary("indexof", text(depth - 1), text(0), (a, b) -> Meaning.indexOf((String) a, (String) b));
            case 6 -> datePart();
            case 7, 8 -> arithmetic(depth);
            case 9 -> rounding();
            case 10 -> {
                Term inner = property(pick("quantity", "amount"));
                yield new Term("-" + inner.text(), record -> Meaning.arithmetic("sub", 0L, inner.of(record)));
            }
            case 0 -> numberLiteral();
            default -> property(pick("quantity", "visits", "amount", "rate", "company/worth"));
        };
    }

    private Term arithmetic(int depth) {
        String operator = pick("add", "sub", "mul", "div", "divby", "mod");
        Term left = number(depth - 2);
        Term right = operator.startsWith("div") || operator.equals("mod")
                ? new Term(pick("2", "4", "0"), record -> null)
                : number(depth - 2);
        Function<Map<String, @Nullable Object>, @Nullable Object> divisor =
                operator.startsWith("div") || operator.equals("mod")
                        ? record -> Long.valueOf(right.text())
                        : right.meaning();
        return new Term(
                "(" + left.text() + " " + operator + " " + right.text() + ")",
                record -> Meaning.arithmetic(operator, left.of(record), divisor.apply(record)));
    }

    private Term rounding() {
        Term value = property(pick("amount", "rate"));
        return switch (random.nextInt(3)) {
            case 0 -> unary("round", value, number -> ((BigDecimal) number).setScale(0, RoundingMode.HALF_UP));
            case 1 -> unary("floor", value, number -> ((BigDecimal) number).setScale(0, RoundingMode.FLOOR));
            default -> unary("ceiling", value, number -> ((BigDecimal) number).setScale(0, RoundingMode.CEILING));
        };
    }

    private Term datePart() {
        String part = pick("year", "month", "day", "hour", "minute", "second");
        boolean ofDate = random.nextBoolean() && List.of("year", "month", "day").contains(part);
        Term moment = ofDate ? property(pick("closed", "due")) : property(pick("met", "seen"));
        return unary(part, moment, value -> {
            ZonedDateTime at = value instanceof LocalDate date
                    ? date.atStartOfDay(ZoneOffset.UTC)
                    : ((Instant) value).atZone(ZoneOffset.UTC);
            return switch (part) {
                case "year" -> (long) at.getYear();
                case "month" -> (long) at.getMonthValue();
                case "day" -> (long) at.getDayOfMonth();
                case "hour" -> (long) at.getHour();
                case "minute" -> (long) at.getMinute();
                default -> (long) at.getSecond();
            };
        });
    }

    private Term date() {
        return switch (random.nextInt(5)) {
            case 0 -> dateLiteral();
            case 2 -> {
                long days = random.nextInt(5);
                yield moved(
                        property(pick("closed", "due")), "P" + days + "D", date -> ((LocalDate) date).plusDays(days));
            }
            case 1 ->
                unary(
                        "date",
                        property(pick("met", "seen")),
                        value -> LocalDate.ofInstant((Instant) value, ZoneOffset.UTC));
            default -> property(pick("closed", "due"));
        };
    }

    private static Term moved(Term moment, String duration, UnaryOperator<Object> meaning) {
        return new Term("(" + moment.text() + " add duration'" + duration + "')", record -> {
            Object value = moment.of(record);
            return value == null ? null : meaning.apply(value);
        });
    }

    private Term instant() {
        if (random.nextInt(5) == 0) {
            return moved(
                    property(pick("met", "seen")),
                    "P1DT2H0.000001S",
                    moment -> ((Instant) moment).plus(Duration.ofHours(26)).plusNanos(1000));
        }
        return random.nextInt(3) == 0 ? instantLiteral() : property(pick("met", "seen", "createdAt"));
    }

    private Term uuid() {
        return random.nextInt(3) == 0
                ? uuidLiteral()
                : property(pick("companyId", "partnerId", "agent", "id", "company/regionId"));
    }

    private Term textLiteral() {
        String text = Deals.TEXTS.get(random.nextInt(Deals.TEXTS.size()));
        String value = random.nextInt(3) == 0 ? Meaning.upper(text) : text;
        return new Term("'" + value.replace("'", "''") + "'", record -> value);
    }

    private Term numberLiteral() {
        BigDecimal value = Deals.NUMBERS.get(random.nextInt(Deals.NUMBERS.size()));
        boolean whole = value.scale() == 0 && value.precision() < 19;
        return new Term(value.toPlainString(), record -> whole ? (Object) value.longValueExact() : value);
    }

    private Term wholeLiteral() {
        long value = random.nextLong(7) - 2;
        return new Term(Long.toString(value), record -> value);
    }

    private Term dateLiteral() {
        LocalDate date = Deals.date(random);
        return new Term(date.toString(), record -> date);
    }

    private Term instantLiteral() {
        Instant instant = Deals.instant(random);
        return new Term(instant.toString(), record -> instant);
    }

    private Term uuidLiteral() {
        UUID id = ids.get(random.nextInt(ids.size()));
        return new Term(id.toString(), record -> id);
    }

    Term property(String path) {
        String whole = owner() + path;
        return new Term(whole, record -> record.get(whole.startsWith("$it/") ? path : whole));
    }

    /// Returns whose property to name: mostly that of the innermost member.
    private String owner() {
        if (variables.isEmpty() || random.nextInt(4) == 0) {
            return random.nextInt(10) == 0 ? "$it/" : "";
        }
        return (random.nextInt(4) == 0 ? variables.getFirst() : variables.getLast()) + "/";
    }

    private static Term unary(String function, Term argument, Function<Object, Object> meaning) {
        return new Term(function + "(" + argument.text() + ")", record -> {
            Object value = argument.of(record);
            return value == null ? null : meaning.apply(value);
        });
    }

    private static Term binary(String function, Term left, Term right, BiFunction<Object, Object, Object> meaning) {
        return new Term(function + "(" + left.text() + "," + right.text() + ")", record -> {
            Object first = left.of(record);
            Object second = right.of(record);
            return first == null || second == null ? null : meaning.apply(first, second);
        });
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
