package io.relata.core.odata;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// OData's operators in plain Java: what the database has to agree with.
final class Meaning {

    private Meaning() {}

    static boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return (left == null) == (right == null) ? operator.equals("eq") : operator.equals("ne");
        }
        int order = order(left, right);
        return switch (operator) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "gt" -> order > 0;
            case "ge" -> order >= 0;
            case "lt" -> order < 0;
            case "le" -> order <= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    @SuppressWarnings("unchecked")
    static int order(Object left, Object right) {
        if (left instanceof String text) {
            return Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof Number) {
            return decimal(left).compareTo(decimal(right));
        }
        if (left instanceof UUID) {
            return left.toString().compareTo(right.toString());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    static @Nullable Boolean and(@Nullable Object left, @Nullable Object right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return (left == null || right == null) ? null : Boolean.TRUE;
    }

    static @Nullable Boolean or(@Nullable Object left, @Nullable Object right) {
        if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
        }
        return (left == null || right == null) ? null : Boolean.FALSE;
    }

    static @Nullable Boolean not(@Nullable Object part) {
        return part == null ? null : !(Boolean) part;
    }

    static @Nullable Boolean match(String method, @Nullable Object text, @Nullable Object part) {
        if (text == null || part == null) {
            return null;
        }
        String folded = lower((String) text);
        String wanted = lower((String) part);
        return switch (method) {
            case "contains" -> folded.contains(wanted);
            case "startswith" -> folded.startsWith(wanted);
            case "endswith" -> folded.endsWith(wanted);
            default -> throw new IllegalArgumentException(method);
        };
    }

    static @Nullable Object arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        boolean whole = left instanceof Long && right instanceof Long;
        boolean divides = operator.startsWith("div") || operator.equals("mod");
        if (divides && decimal(right).signum() == 0) {
            return null;
        }
        BinaryOperator<BigDecimal> function = switch (operator) {
            case "add" -> BigDecimal::add;
            case "sub" -> BigDecimal::subtract;
            case "mul" -> BigDecimal::multiply;
            case "div" -> whole ? BigDecimal::divideToIntegralValue : (a, b) -> a.divide(b, 12, RoundingMode.HALF_UP);
            case "divby" -> (a, b) -> a.divide(b, 12, RoundingMode.HALF_UP);
            case "mod" -> BigDecimal::remainder;
            default -> throw new IllegalArgumentException(operator);
        };
        BigDecimal result = function.apply(decimal(left), decimal(right));
        return whole && !operator.equals("divby") ? (Object) result.longValueExact() : result;
    }

    static BigDecimal decimal(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) Objects.requireNonNull(number);
    }

    /// One character becomes one character, as the database does it.
    static String lower(String text) {
        return each(text, Character::toLowerCase);
    }

    static String upper(String text) {
        return each(text, Character::toUpperCase);
    }

    private static String each(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(change)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static String substring(String text, long start) {
        int length = text.codePointCount(0, text.length());
        int from = (int) Math.min(Math.max(start, 0), length);
        return text.substring(text.offsetByCodePoints(0, from));
    }

    static long length(String text) {
        return text.codePointCount(0, text.length());
    }

    static long indexOf(String text, String part) {
        int index = text.indexOf(part);
        return index < 0 ? -1 : text.codePointCount(0, index);
    }
}
