package io.relata.core.expression;

import static io.relata.core.expression.Function.Kind.ANY;
import static io.relata.core.expression.Function.Kind.DATE;
import static io.relata.core.expression.Function.Kind.DAY;
import static io.relata.core.expression.Function.Kind.DIGITS;
import static io.relata.core.expression.Function.Kind.LITERAL;
import static io.relata.core.expression.Function.Kind.MOMENT;
import static io.relata.core.expression.Function.Kind.NUMBER;
import static io.relata.core.expression.Function.Kind.SPAN;
import static io.relata.core.expression.Function.Kind.TEXT;

import io.relata.core.expression.Function.Kind;
import io.relata.core.expression.Function.Result;
import io.relata.core.expression.Mistake.Found;
import io.relata.core.expression.Node.Call;
import io.relata.core.expression.Node.Constant;
import io.relata.core.expression.Type.Numeric;
import io.relata.core.expression.Type.Plain;
import io.relata.core.expression.Type.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All functions there are. docs/expressions.md describes them; a test keeps it complete.
final class Functions {

    /// By name, in the order of the reference.
    static final Map<String, Function> ALL = all();

    private static final int NUMBER_TEXT = 1_300;
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);
    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600);
    private static final BigDecimal DAY_SECONDS = BigDecimal.valueOf(86_400);

    private Functions() {}

    private static Map<String, Function> all() {
        Map<String, Function> all = new LinkedHashMap<>();
        texts(all);
        numbers(all);
        dates(all);
        anything(all);
        return Collections.unmodifiableMap(all);
    }

    private static void texts(Map<String, Function> all) {
        add(all, "size(text)", List.of(ANY), Functions::size);
        add(all, "lower(text)", List.of(TEXT), (checker, call, of) -> same(Op.LOWER, of));
        add(all, "upper(text)", List.of(TEXT), (checker, call, of) -> same(Op.UPPER, of));
        add(all, "trim(text)", List.of(TEXT), (checker, call, of) -> same(Op.TRIM, of));
        add(all, "contains(text, part)", List.of(TEXT, TEXT), truth(Op.CONTAINS));
        add(all, "startsWith(text, part)", List.of(TEXT, TEXT), truth(Op.STARTS_WITH));
        add(all, "endsWith(text, part)", List.of(TEXT, TEXT), truth(Op.ENDS_WITH));
        add(all, "matches(text, 'pattern')", List.of(TEXT, LITERAL), Functions::matches);
        add(
                all,
                "substring(text, from, to)",
                List.of(TEXT, NUMBER, NUMBER),
                (checker, call, of) -> same(Op.SUBSTRING, of));
        add(all, "left(text, count)", List.of(TEXT, NUMBER), Functions::left);
        add(all, "right(text, count)", List.of(TEXT, NUMBER), (checker, call, of) -> same(Op.LAST, of));
        add(
                all,
                "replace(text, part, with)",
                List.of(TEXT, TEXT, TEXT),
                (checker, call, of) -> Call.of(Op.REPLACE, Bounds.replaced(text(of.get(0)), text(of.get(2))), of));
        add(all, "text(value)", List.of(ANY), Functions::textOf);
        add(all, "label(picklist)", List.of(TEXT), Functions::label);
    }

    private static void numbers(Map<String, Function> all) {
        add(all, "number(text)", List.of(TEXT), (checker, call, of) -> Call.of(Op.NUMBER_OF, new Numeric(18, 10), of));
        add(all, "abs(number)", List.of(NUMBER), (checker, call, of) -> same(Op.ABS, of));
        add(
                all,
                "round(number, digits)",
                List.of(NUMBER, DIGITS),
                (checker, call, of) ->
                        Call.of(Op.ROUND, new Numeric(numeric(of.getFirst()).whole() + 1, digits(of.get(1))), of));
        add(all, "floor(number)", List.of(NUMBER), (checker, call, of) -> whole(Op.FLOOR, of));
        add(all, "ceil(number)", List.of(NUMBER), (checker, call, of) -> whole(Op.CEILING, of));
        add(all, "pow(number, times)", List.of(NUMBER, DIGITS), Functions::power);
        addMore(all, "min(value, …)", (checker, call, of) -> extreme(Op.LEAST, call, of));
        addMore(all, "max(value, …)", (checker, call, of) -> extreme(Op.GREATEST, call, of));
    }

    private static void dates(Map<String, Function> all) {
        add(all, "today()", List.of(), (checker, call, of) -> unsteady(checker, Call.of(Op.TODAY, Plain.DATE, of)));
        add(all, "now()", List.of(), (checker, call, of) -> unsteady(checker, Call.of(Op.NOW, Plain.MOMENT, of)));
        put(
                all,
                new Function(
                        "date",
                        "date('2026-01-31'), date(datetime), date(year, month, day)",
                        List.of(ANY),
                        true,
                        DateFunctions::date));
        add(all, "datetime('2026-01-31T09:30:00Z')", List.of(LITERAL), DateFunctions::moment);
        add(all, "duration('1h30m')", List.of(LITERAL), DateFunctions::span);
        add(all, "year(date)", List.of(DAY), small(Op.YEAR));
        add(all, "month(date)", List.of(DAY), small(Op.MONTH));
        add(all, "day(date)", List.of(DAY), small(Op.DAY));
        add(all, "weekday(date)", List.of(DAY), small(Op.WEEKDAY));
        add(
                all,
                "hour(datetime)",
                List.of(MOMENT),
                (checker, call, of) -> unsteady(checker, Call.of(Op.HOUR, Type.SMALL, of)));
        add(
                all,
                "minute(datetime)",
                List.of(MOMENT),
                (checker, call, of) -> unsteady(checker, Call.of(Op.MINUTE, Type.SMALL, of)));
        add(
                all,
                "addDays(date, count)",
                List.of(DATE, NUMBER),
                (checker, call, of) -> Call.of(Op.ADD_DAYS, Plain.DATE, of));
        add(
                all,
                "addMonths(date, count)",
                List.of(DATE, NUMBER),
                (checker, call, of) -> Call.of(Op.ADD_MONTHS, Plain.DATE, of));
        add(all, "addYears(date, count)", List.of(DATE, NUMBER), DateFunctions::addYears);
        add(
                all,
                "daysBetween(from, to)",
                List.of(DAY, DAY),
                (checker, call, of) -> Call.of(Op.DAYS_BETWEEN, Type.SMALL, of.get(1), of.get(0)));
        add(all, "startOfMonth(date)", List.of(DAY), (checker, call, of) -> Call.of(Op.FIRST_OF_MONTH, Plain.DATE, of));
        add(all, "endOfMonth(date)", List.of(DAY), (checker, call, of) -> Call.of(Op.LAST_OF_MONTH, Plain.DATE, of));
        add(all, "minutes(count)", List.of(NUMBER), (checker, call, of) -> spanOf(of.getFirst(), MINUTE));
        add(all, "hours(count)", List.of(NUMBER), (checker, call, of) -> spanOf(of.getFirst(), HOUR));
        add(all, "days(count)", List.of(NUMBER), (checker, call, of) -> spanOf(of.getFirst(), DAY_SECONDS));
        add(all, "toMinutes(duration)", List.of(SPAN), (checker, call, of) -> spanIn(of.getFirst(), MINUTE));
        add(all, "toHours(duration)", List.of(SPAN), (checker, call, of) -> spanIn(of.getFirst(), HOUR));
        add(all, "toDays(duration)", List.of(SPAN), (checker, call, of) -> spanIn(of.getFirst(), DAY_SECONDS));
    }

    private static void anything(Map<String, Function> all) {
        add(all, "isEmpty(value)", List.of(ANY), truth(Op.IS_EMPTY));
        add(all, "ifEmpty(value, otherwise)", List.of(ANY, ANY), Functions::ifEmpty);
        addMore(all, "coalesce(value, …)", (checker, call, of) -> joint(Op.COALESCE, call, of));
    }

    private static void add(Map<String, Function> all, String form, List<Kind> takes, Result result) {
        put(all, new Function(form.substring(0, form.indexOf('(')), form, takes, false, result));
    }

    private static void addMore(Map<String, Function> all, String form, Result result) {
        put(all, new Function(form.substring(0, form.indexOf('(')), form, List.of(ANY), true, result));
    }

    private static void put(Map<String, Function> all, Function function) {
        all.put(function.name(), function);
    }

    private static Result truth(Op op) {
        return (checker, call, of) -> Call.of(op, Plain.TRUTH, of);
    }

    private static Result small(Op op) {
        return (checker, call, of) -> Call.of(op, Type.SMALL, of);
    }

    private static Node same(Op op, List<Node> arguments) {
        Type type = arguments.getFirst().type();
        return Call.of(op, type instanceof Text text ? new Text(text.most()) : type, arguments);
    }

    private static Node whole(Op op, List<Node> arguments) {
        return Call.of(op, new Numeric(numeric(arguments.getFirst()).whole() + 1, 0), arguments);
    }

    private static Node unsteady(Checker checker, Node node) {
        checker.unsteady();
        return node;
    }

    private static Node size(Checker checker, Syntax.Call call, List<Node> arguments) {
        boolean sized =
                Kind.TEXT.takes(arguments.getFirst()) || arguments.getFirst().type() instanceof Type.Texts;
        if (!sized) {
            throw Found.at(
                    call.position(),
                    "expression-argument",
                    "size(text)",
                    arguments.getFirst().type().word());
        }
        return Call.of(Op.SIZE, Type.SMALL, arguments);
    }

    private static Node matches(Checker checker, Syntax.Call call, List<Node> arguments) {
        String pattern = Constant.text(arguments.get(1));
        if (pattern != null) {
            try {
                Pattern.of(pattern);
            } catch (Pattern.Unusable unusable) {
                throw Found.at(call.arguments().get(1).position(), "expression-pattern", unusable.at());
            }
        }
        return Call.of(Op.MATCHES, Plain.TRUTH, arguments);
    }

    private static Node left(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node zero = Checker.number(BigDecimal.ZERO);
        return same(Op.SUBSTRING, List.of(arguments.get(0), zero, arguments.get(1)));
    }

    private static Node textOf(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node value = arguments.getFirst();
        return switch (value.type()) {
            case Text text -> value;
            case Numeric numeric -> Call.of(Op.TEXT_OF_NUMBER, new Text(NUMBER_TEXT), value);
            case Plain plain ->
                switch (plain) {
                    case DATE -> Call.of(Op.TEXT_OF_DATE, new Text(10), value);
                    case MOMENT -> unsteady(checker, Call.of(Op.TEXT_OF_MOMENT, new Text(16), value));
                    case TRUTH -> Call.of(Op.TEXT_OF_TRUTH, new Text(5), value);
                    case NOTHING -> value;
                    case SPAN -> throw unfit(call, value);
                };
            case Type.Reference reference -> throw unfit(call, value);
            case Type.Texts texts -> throw unfit(call, value);
        };
    }

    private static Found unfit(Syntax.Call call, Node value) {
        return Found.at(
                call.arguments().getFirst().position(),
                "expression-argument",
                "text(value)",
                value.type().word());
    }

    private static Node label(Checker checker, Syntax.Call call, List<Node> arguments) {
        if (!(arguments.getFirst().type() instanceof Text text)
                || text.choices().isEmpty()) {
            throw Found.at(
                    call.arguments().getFirst().position(),
                    "expression-argument",
                    "label(picklist)",
                    arguments.getFirst().type().word());
        }
        int most = text.choices().stream()
                .flatMap(choice -> choice.labels().values().stream())
                .mapToInt(label -> label.codePointCount(0, label.length()))
                .max()
                .orElse(0);
        return unsteady(checker, Call.of(Op.LABEL, new Text(Math.max(most, text.most())), arguments));
    }

    private static Node power(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node base = arguments.getFirst();
        int times = digits(arguments.get(1));
        Node power = times == 0
                ? Call.of(Op.IF, Type.SMALL, isEmpty(base), Constant.NULL, Checker.number(BigDecimal.ONE))
                : base;
        for (int i = 1; i < times; i++) {
            Numeric type = Bounds.product(numeric(power), numeric(base));
            power = Bounds.within(call.position(), Call.of(Op.MULTIPLY, type, power, base));
        }
        return power;
    }

    private static Node isEmpty(Node node) {
        return Call.of(Op.IS_EMPTY, Plain.TRUTH, node);
    }

    private static Node extreme(Op op, Syntax.Call call, List<Node> arguments) {
        Node node = joint(op, call, arguments);
        if (node.type() instanceof Type.Reference || node.type() instanceof Type.Texts || node.type() == Plain.TRUTH) {
            throw Found.at(
                    call.position(),
                    "expression-argument",
                    call.function() + "(value, …)",
                    node.type().word());
        }
        return node;
    }

    private static Node joint(Op op, Syntax.Call call, List<Node> arguments) {
        Type type = Plain.NOTHING;
        for (int i = 0; i < arguments.size(); i++) {
            Type next = arguments.get(i).type();
            if (!Type.alike(type, next)) {
                throw Found.at(call.arguments().get(i).position(), "expression-branches", type.word(), next.word());
            }
            type = Type.joint(type, next);
        }
        return Call.of(op, type, arguments);
    }

    private static Node ifEmpty(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node value = arguments.get(0);
        Node otherwise = arguments.get(1);
        if (!Type.alike(value.type(), otherwise.type())) {
            throw Found.at(
                    call.arguments().get(1).position(),
                    "expression-branches",
                    value.type().word(),
                    otherwise.type().word());
        }
        return Call.of(Op.IF, Type.joint(value.type(), otherwise.type()), isEmpty(value), otherwise, value);
    }

    private static Node spanOf(Node count, BigDecimal seconds) {
        return Call.of(Op.MULTIPLY, Plain.SPAN, count, Checker.number(seconds));
    }

    private static Node spanIn(Node span, BigDecimal seconds) {
        return Call.of(Op.DIVIDE, new Numeric(12, Bounds.QUOTIENT_SCALE), span, Checker.number(seconds));
    }

    static List<Node> replaced(List<Node> arguments, int index, Node with) {
        List<Node> all = new ArrayList<>(arguments);
        all.set(index, with);
        return all;
    }

    private static Text text(Node node) {
        return node.type() instanceof Text text ? text : new Text(0);
    }

    static Numeric numeric(Node node) {
        return node.type() instanceof Numeric numeric ? numeric : Type.SMALL;
    }

    private static int digits(Node node) {
        return node instanceof Constant constant && constant.value() instanceof BigDecimal number
                ? number.intValueExact()
                : 0;
    }
}
