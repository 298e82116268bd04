package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;
import io.relata.core.expression.Node.Call;
import io.relata.core.expression.Node.Constant;
import io.relata.core.expression.Type.Plain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks the functions whose arguments are literals of time, or that come in several forms.
final class DateFunctions {

    private static final Pattern SPAN =
            Pattern.compile("(-?)(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
    private static final List<Integer> SECONDS = List.of(86_400, 3_600, 60, 1);
    private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

    private DateFunctions() {}

    static Node date(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node first = arguments.getFirst();
        if (arguments.size() == 3 && arguments.stream().allMatch(Function.Kind.NUMBER::takes)) {
            return Call.of(Op.MAKE_DATE, Plain.DATE, arguments);
        }
        String text = Constant.text(first);
        if (arguments.size() == 1 && text != null) {
            return new Constant(Plain.DATE, literal(call, () -> dated(LocalDate.parse(text))));
        }
        if (arguments.size() == 1 && (first.type() == Plain.MOMENT || first.type() == Plain.NOTHING)) {
            checker.unsteady();
            return Call.of(Op.DATE_OF, Plain.DATE, first);
        }
        throw Found.at(
                call.arguments().getFirst().position(),
                "expression-argument",
                "date('2026-01-31')",
                first.type().word());
    }

    static Node moment(Checker checker, Syntax.Call call, List<Node> arguments) {
        String text = text(arguments);
        return new Constant(Plain.MOMENT, literal(call, () -> {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            dated(moment.toLocalDate());
            return moment.toInstant();
        }));
    }

    private static LocalDate dated(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9_999) {
            throw new DateTimeException("Out of range");
        }
        return date;
    }

    @FunctionalInterface
    private interface Reading {
        Object read();
    }

    private static Object literal(Syntax.Call call, Reading reading) {
        try {
            return reading.read();
        } catch (DateTimeException exception) {
            throw Found.at(call.arguments().getFirst().position(), "expression-date");
        }
    }

    static Node span(Checker checker, Syntax.Call call, List<Node> arguments) {
        Matcher parts = SPAN.matcher(text(arguments));
        if (!parts.matches() || parts.end(0) == parts.end(1)) {
            throw Found.at(call.arguments().getFirst().position(), "expression-duration");
        }
        long seconds = 0;
        for (int i = 0; i < SECONDS.size(); i++) {
            String count = parts.group(i + 2);
            seconds += count == null ? 0 : Long.parseLong(count) * SECONDS.get(i);
        }
        return new Constant(Plain.SPAN, BigDecimal.valueOf(parts.group(1).isEmpty() ? seconds : -seconds));
    }

    private static String text(List<Node> arguments) {
        String text = Constant.text(arguments.getFirst());
        return text == null ? "" : text;
    }

    static Node addYears(Checker checker, Syntax.Call call, List<Node> arguments) {
        Node months = Call.of(
                Op.MULTIPLY,
                Bounds.product(Functions.numeric(arguments.get(1)), new Type.Numeric(2, 0)),
                arguments.get(1),
                Checker.number(MONTHS));
        return Call.of(Op.ADD_MONTHS, Plain.DATE, arguments.getFirst(), months);
    }
}
