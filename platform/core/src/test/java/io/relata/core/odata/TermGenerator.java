package io.relata.core.odata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes random filters over the deals of [Deals], with all types, operators and functions.
final class TermGenerator {

    private static final List<String> COMPARISONS = List.of("eq", "ne", "gt", "ge", "lt", "le");

    private final Random random;
    private final List<UUID> ids;

    TermGenerator(Random random, List<UUID> ids) {
        this.random = random;
        this.ids = ids;
    }

    Term filter(int depth) {
        int kind = random.nextInt(depth <= 0 ? 4 : 9);
        return switch (kind) {
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
            choices.add(choice(value.text()));
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

    private Term text(int depth) {
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

    private Term number(int depth) {
        int kind = random.nextInt(depth > 0 ? 11 : 4);
        return switch (kind) {
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
        String operator = pick("add", "sub", "mul", "div", "mod");
        Term left = number(depth - 2);
        Term right = operator.equals("div") || operator.equals("mod")
                ? new Term(pick("2", "4", "0"), record -> null)
                : number(depth - 2);
        Function<Map<String, @Nullable Object>, @Nullable Object> divisor =
                operator.equals("div") || operator.equals("mod")
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
        return switch (random.nextInt(4)) {
            case 0 -> dateLiteral();
            case 1 ->
                unary(
                        "date",
                        property(pick("met", "seen")),
                        value -> LocalDate.ofInstant((Instant) value, ZoneOffset.UTC));
            default -> property(pick("closed", "due"));
        };
    }

    private Term instant() {
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

    private static Term property(String path) {
        return new Term(path, record -> record.get(path));
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
