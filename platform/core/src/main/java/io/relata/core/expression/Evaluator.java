package io.relata.core.expression;

import io.relata.core.expression.Node.Call;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Computes expressions in Java, for one record. Means the same as [SqlExpressions], which a test compares.
///
/// Not thread-safe.
public final class Evaluator {

    private final Environment environment;
    private final Values values;
    private final Budget budget;

    /// What the names of an expression stand for.
    @FunctionalInterface
    public interface Values {

        /// Returns a `String`, `BigDecimal`, `Long`, `Boolean`, `LocalDate`, `Instant`, `UUID`, a list of texts, or
        /// `null`.
        @Nullable
        Object value(List<String> path);
    }

    public Evaluator(Environment environment, Values values) {
        this(environment, values, new Budget());
    }

    public Evaluator(Environment environment, Values values, Budget budget) {
        this.environment = environment;
        this.values = values;
        this.budget = budget;
    }

    /// Returns whether the condition is true; what is empty is not.
    ///
    /// @throws Budget.Exhausted when it would cost too much
    public boolean holds(Node condition) {
        return Boolean.TRUE.equals(value(condition));
    }

    /// Returns the value, numbers as `BigDecimal`.
    ///
    /// @throws Budget.Exhausted when it would cost too much
    public @Nullable Object value(Node node) {
        budget.step();
        return switch (node) {
            case Node.Constant constant -> constant.value();
            case Node.Path path -> plain(values.value(path.names()));
            case Call call -> call(call);
        };
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Long number ? BigDecimal.valueOf(number) : value;
    }

    private @Nullable Object call(Call call) {
        return switch (call.op()) {
            case AND -> call.arguments().stream().allMatch(this::holds);
            case OR -> call.arguments().stream().anyMatch(this::holds);
            case NOT -> !holds(call.argument(0));
            case IF -> value(call.argument(holds(call.argument(0)) ? 1 : 2));
            case COALESCE -> coalesce(call);
            case IS_EMPTY -> empty(value(call.argument(0)));
            case EQUAL -> same(value(call.argument(0)), value(call.argument(1)));
            case NOT_EQUAL -> !same(value(call.argument(0)), value(call.argument(1)));
            case ONE_OF -> oneOf(call);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(call);
            case LEAST, GREATEST -> extreme(call);
            case CONCAT -> budget.text(textOr(call.argument(0)) + textOr(call.argument(1)));
            case TODAY -> environment.today();
            case NOW -> environment.now();
            default -> strict(call);
        };
    }

    private @Nullable Object coalesce(Call call) {
        for (Node argument : call.arguments()) {
            Object value = value(argument);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static boolean empty(@Nullable Object value) {
        return value == null || value.equals("") || (value instanceof List<?> list && list.isEmpty());
    }

    private String textOr(Node node) {
        return value(node) instanceof String text ? text : "";
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof BigDecimal left && other instanceof BigDecimal right) {
            return left.compareTo(right) == 0;
        }
        return Objects.equals(one, other);
    }

    private boolean oneOf(Call call) {
        Object value = value(call.argument(0));
        return call.arguments().stream().skip(1).anyMatch(choice -> same(value, value(choice)));
    }

    private boolean ordered(Call call) {
        Object left = value(call.argument(0));
        Object right = value(call.argument(1));
        if (left == null || right == null) {
            return false;
        }
        int order = compare(left, right);
        return switch (call.op()) {
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            default -> order >= 0;
        };
    }

    static int compare(Object left, Object right) {
        return switch (left) {
            case String text -> Texts.compare(text, (String) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case LocalDate date -> date.compareTo((LocalDate) right);
            case Instant moment -> moment.compareTo((Instant) right);
            default -> throw new IllegalArgumentException("Not in order: " + left);
        };
    }

    private @Nullable Object extreme(Call call) {
        Object best = null;
        for (Node argument : call.arguments()) {
            Object value = value(argument);
            if (value != null && (best == null || (compare(value, best) < 0) == (call.op() == Op.LEAST))) {
                best = value;
            }
        }
        return best;
    }

    /// What is empty, or a condition false, as soon as an argument is empty.
    private @Nullable Object strict(Call call) {
        Object[] given = new Object[call.arguments().size()];
        for (int i = 0; i < given.length; i++) {
            Object value = value(call.argument(i));
            if (value == null) {
                return call.type() == Type.Plain.TRUTH ? false : null;
            }
            given[i] = value;
        }
        return switch (given[0]) {
            case BigDecimal number -> call.op() == Op.MAKE_DATE ? Dates.made(given) : numbers(call, number, given);
            case String text -> new Texts(budget, environment).compute(call, text, given);
            case LocalDate date -> Dates.ofDate(call.op(), date, given);
            case Instant moment -> Dates.ofMoment(call.op(), moment, given, environment.zone());
            case Boolean truth -> truth.toString();
            case List<?> list ->
                call.op() == Op.SIZE ? (Object) BigDecimal.valueOf(list.size()) : list.contains(given[1]);
            default -> throw new IllegalArgumentException("Not computable: " + call);
        };
    }

    private @Nullable Object numbers(Call call, BigDecimal first, Object[] given) {
        BigDecimal second = given.length > 1 ? (BigDecimal) given[1] : BigDecimal.ZERO;
        return switch (call.op()) {
            case ADD -> first.add(second);
            case SUBTRACT -> first.subtract(second);
            case MULTIPLY -> first.multiply(second);
            case DIVIDE ->
                second.signum() == 0 ? null : first.divide(second, Bounds.QUOTIENT_SCALE, RoundingMode.HALF_UP);
            case MODULO -> second.signum() == 0 ? null : first.remainder(second);
            case NEGATE -> first.negate();
            case ABS -> first.abs();
            case ROUND -> first.setScale(second.intValueExact(), RoundingMode.HALF_UP);
            case FLOOR -> first.setScale(0, RoundingMode.FLOOR);
            case CEILING -> first.setScale(0, RoundingMode.CEILING);
            case TEXT_OF_NUMBER -> budget.text(plainText(first));
            default -> throw new IllegalArgumentException("Not of numbers: " + call);
        };
    }

    static String plainText(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
