package io.relata.core.expression;

import java.util.List;
import java.util.Random;

/// Makes random expressions over the names of [TestScope], with all types, operators and functions.
final class RandomExpressions {

    private static final List<String> TEXTS =
            List.of("''", "'a'", "'Abc'", "'北京'", "'京'", "' ß İ '", "'12.50'", "'-3'", "'😀x'", "'%_'", "null");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "2.5", "0.1", "-7.005", "3", "1000000", "12345678.125", "null");
    private static final List<String> DATES =
            List.of("date('2026-02-28')", "date('2024-02-29')", "date('0001-01-01')", "date('9999-12-31')", "today()");
    private static final List<String> PATTERNS = List.of(
            "'[a-zA-Z]+'",
            "'.*京.*'",
            "'(a|b|Abc)*'",
            "'-?\\\\d+(\\\\.\\\\d{1,2})?'",
            "'[^a]{0,3}'",
            "'\\\\w+\\\\s?.?'");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    String any(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> text(depth);
            case 1 -> number(depth);
            case 2 -> truth(depth);
            case 3 -> date(depth);
            case 4 -> moment(depth);
            default -> span(depth);
        };
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private String pick(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private String text(int depth) {
        if (depth <= 0) {
            return random.nextBoolean()
                    ? pick("name", "note", "stage", "account.name", "account.industry")
                    : pick(TEXTS);
        }
        int d = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> "(" + solid(text(d)) + " + " + solid(text(d)) + ")";
            case 1 -> pick("lower", "upper", "trim") + "(" + text(d) + ")";
            case 2 -> "substring(" + text(d) + ", " + number(d) + ", " + number(d) + ")";
            case 3 -> pick("left", "right") + "(" + text(d) + ", " + number(d) + ")";
            case 4 -> "replace(" + text(d) + ", " + text(0) + ", " + text(0) + ")";
            case 5 -> "text(" + number(d) + ")";
            case 6 -> "text(" + pick(date(d), moment(d), truth(d)) + ")";
            case 7 -> "label(stage)";
            case 8 -> "(" + truth(d) + " ? " + text(d) + " : " + text(d) + ")";
            case 9 -> "coalesce(" + text(d) + ", " + text(d) + ", " + text(d) + ")";
            case 10 -> "ifEmpty(" + text(d) + ", " + text(d) + ")";
            case 11 -> pick("min", "max") + "(" + text(d) + ", " + text(d) + ")";
            default -> text(0);
        };
    }

    /// `null` has no type of its own, so that it does not go with every sign.
    private static String solid(String text) {
        return text.equals("null") ? "'n'" : text;
    }

    private String number(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? pick("amount", "rate", "seats", "account.revenue") : pick(NUMBERS);
        }
        int d = depth - 1;
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> "(" + counted(d) + pick(" + ", " - ", " * ") + counted(d) + ")";
            case 3, 4 -> "(" + counted(d) + pick(" / ", " % ") + counted(d) + ")";
            case 5 -> "-(" + counted(d) + ")";
            case 6 -> pick("abs", "floor", "ceil") + "(" + counted(d) + ")";
            case 7 -> "round(" + counted(d) + ", " + random.nextInt(5) + ")";
            case 8 -> pick("min", "max") + "(" + number(d) + ", " + number(d) + ", " + number(d) + ")";
            case 9 -> pick("year", "month", "day", "weekday") + "(" + pick(date(d), moment(d)) + ")";
            case 10 -> pick("hour", "minute") + "(" + moment(d) + ")";
            case 11 -> "daysBetween(" + date(d) + ", " + date(d) + ")";
            case 12 -> pick("size", "number") + "(" + solid(text(d)) + ")";
            case 13 -> "(" + truth(d) + " ? " + number(d) + " : " + number(d) + ")";
            case 14 -> "pow(" + counted(d) + ", " + random.nextInt(4) + ")";
            default -> pick("toHours", "toDays", "toMinutes") + "(" + span(d) + ")";
        };
    }

    private String counted(int depth) {
        String number = number(depth);
        return number.equals("null") ? "seats" : number;
    }

    private String truth(int depth) {
        if (depth <= 0) {
            return pick("hot", "true", "false", "hot");
        }
        int d = depth - 1;
        return switch (random.nextInt(15)) {
            case 0 -> "(" + truth(d) + " && " + truth(d) + ")";
            case 1 -> "(" + truth(d) + " || " + truth(d) + ")";
            case 2 -> "!(" + truth(d) + ")";
            case 3, 4 -> "(" + number(d) + sign() + number(d) + ")";
            case 5, 6 -> "(" + text(d) + sign() + text(d) + ")";
            case 7 -> "(" + date(d) + sign() + date(d) + ")";
            case 8 -> "(" + moment(d) + sign() + moment(d) + ")";
            case 9 -> pick("contains", "startsWith", "endsWith") + "(" + text(d) + ", " + text(d) + ")";
            case 10 -> "isEmpty(" + any(d) + ")";
            case 11 -> "(" + counted(d) + " in [" + number(0) + ", " + number(0) + ", " + number(0) + "])";
            case 12 -> "matches(" + solid(text(d)) + ", " + pick(PATTERNS) + ")";
            case 13 -> "(stage" + pick(" == ", " != ") + pick("'open'", "'won'", "null") + ")";
            default ->
                pick("(account == null)", "(span(d))").replace("(span(d))", "(" + span(d) + sign() + span(d) + ")");
        };
    }

    private String sign() {
        return pick(" == ", " != ", " < ", " <= ", " > ", " >= ");
    }

    private String date(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? pick("closeDate", "startDate") : pick(DATES);
        }
        int d = depth - 1;
        return switch (random.nextInt(9)) {
            case 0 -> "(" + date(d) + pick(" + ", " - ") + counted(d) + ")";
            case 1 -> pick("addDays", "addMonths", "addYears") + "(" + date(d) + ", " + counted(d) + ")";
            case 2 -> pick("startOfMonth", "endOfMonth") + "(" + date(d) + ")";
            case 3 -> "date(" + moment(d) + ")";
            case 4 -> "date(" + number(d) + ", " + number(d) + ", " + number(d) + ")";
            case 5 -> "(" + truth(d) + " ? " + date(d) + " : " + date(d) + ")";
            case 6 -> pick("coalesce", "min", "max") + "(" + date(d) + ", " + date(d) + ")";
            default -> date(0);
        };
    }

    private String moment(int depth) {
        if (depth <= 0) {
            return pick("calledAt", "createdAt", "now()", "datetime('2026-03-29T01:30:00Z')");
        }
        int d = depth - 1;
        return switch (random.nextInt(5)) {
            case 0 -> "(" + moment(d) + pick(" + ", " - ") + span(d) + ")";
            case 1 -> pick("coalesce", "min", "max") + "(" + moment(d) + ", " + moment(d) + ")";
            case 2 -> "(" + truth(d) + " ? " + moment(d) + " : " + moment(d) + ")";
            default -> moment(0);
        };
    }

    private String span(int depth) {
        if (depth <= 0) {
            return pick("duration('1h30m')", "duration('-2d')", "hours(seats)", "days(1)", "minutes(2.5)");
        }
        int d = depth - 1;
        return switch (random.nextInt(4)) {
            case 0 -> "(" + moment(d) + " - " + moment(d) + ")";
            case 1 -> "(" + span(d) + pick(" + ", " - ") + span(d) + ")";
            case 2 -> pick("hours", "days", "minutes") + "(" + counted(d) + ")";
            default -> span(0);
        };
    }
}
