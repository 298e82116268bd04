package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Function;
import io.relata.core.query.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.apache.olingo.server.api.uri.queryoption.expression.Binary;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.Method;
import org.apache.olingo.server.api.uri.queryoption.expression.MethodKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Unary;

/// Translates what stands for a value.
final class ValueTranslator {

    /// Of a number's digits, before and after the point: no stored number has more, and arithmetic stays cheap.
    private static final int MAX_DIGITS = 50;

    private final Paths paths;
    private final QueryOption option;
    private final Instant now;

    ValueTranslator(Paths paths, QueryOption option, Instant now) {
        this.paths = paths;
        this.option = option;
        this.now = now;
    }

    Value value(Expression expression, int depth) {
        if (depth > FilterTranslator.MAX_DEPTH) {
            throw Refusal.of("query-too-deep", option);
        }
        return switch (expression) {
            case Literal literal -> literal(literal);
            case Member member -> paths.resolve(member.getResourcePath().getUriResourceParts());
            case Method method -> method(method, depth);
            case Binary binary -> arithmetic(binary, depth);
            case Unary unary -> call(Function.NEGATE, List.of(unary.getOperand()), depth);
            default -> throw unsupported(expression.toString());
        };
    }

    private Value method(Method method, int depth) {
        List<Expression> arguments = method.getParameters();
        return switch (method.getMethod()) {
            case NOW -> new Value.Literal(ValueKind.INSTANT, now);
            case TOLOWER -> call(Function.LOWER, arguments, depth);
            case TOUPPER -> call(Function.UPPER, arguments, depth);
            case TRIM -> call(Function.TRIM, arguments, depth);
            case CONCAT -> call(Function.CONCAT, arguments, depth);
            case SUBSTRING -> call(Function.SUBSTRING, arguments, depth);
            case INDEXOF -> call(Function.INDEX_OF, arguments, depth);
            case LENGTH -> call(Function.LENGTH, arguments, depth);
            case YEAR -> call(Function.YEAR, arguments, depth);
            case MONTH -> call(Function.MONTH, arguments, depth);
            case DAY -> call(Function.DAY, arguments, depth);
            case HOUR -> call(Function.HOUR, arguments, depth);
            case MINUTE -> call(Function.MINUTE, arguments, depth);
            case SECOND -> call(Function.SECOND, arguments, depth);
            case DATE -> call(Function.DATE, arguments, depth);
            case ROUND -> call(Function.ROUND, arguments, depth);
            case FLOOR -> call(Function.FLOOR, arguments, depth);
            case CEILING -> call(Function.CEILING, arguments, depth);
            default -> throw unsupported(method.getMethod().toString());
        };
    }

    private Value arithmetic(Binary binary, int depth) {
        List<Expression> operands = List.of(binary.getLeftOperand(), binary.getRightOperand());
        return switch (binary.getOperator()) {
            case ADD -> call(Function.ADD, operands, depth);
            case SUB -> call(Function.SUBTRACT, operands, depth);
            case MUL -> call(Function.MULTIPLY, operands, depth);
            case DIV -> call(Function.DIVIDE, operands, depth);
            case MOD -> call(Function.MODULO, operands, depth);
            default -> throw unsupported(binary.getOperator().toString());
        };
    }

    private Value call(Function function, List<Expression> expressions, int depth) {
        List<Value> arguments = expressions.stream()
                .map(expression -> value(expression, depth + 1))
                .toList();
        for (int i = 0; i < arguments.size(); i++) {
            if (!fits(function, i, arguments.get(i))) {
                throw mismatch();
            }
        }
        return new Value.Call(function, arguments);
    }

    /// The parser lets the null literal stand anywhere, and dates and durations in arithmetic.
    private static boolean fits(Function function, int position, Value argument) {
        ValueKind kind = argument.kind();
        boolean number = kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL;
        if (argument.equals(Value.Literal.NULL)) {
            return false;
        }
        return switch (function) {
            case LOWER, UPPER, TRIM, CONCAT, INDEX_OF, LENGTH -> kind == ValueKind.STRING;
            case SUBSTRING -> position == 0 ? kind == ValueKind.STRING : kind == ValueKind.INTEGER;
            case YEAR, MONTH, DAY -> kind == ValueKind.DATE || kind == ValueKind.INSTANT;
            case HOUR, MINUTE, SECOND, DATE -> kind == ValueKind.INSTANT;
            case ROUND, FLOOR, CEILING, NEGATE, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> number;
        };
    }

    Value.Literal literal(Literal literal) {
        if (literal.getType() == null) {
            if (literal.getText().equals("null")) {
                return Value.Literal.NULL;
            }
            throw unsupported(literal.getText());
        }
        String text = literal.getText();
        try {
            return switch (literal.getType().getName()) {
                case "String" -> new Value.Literal(ValueKind.STRING, unquoted(text));
                case "Boolean" -> new Value.Literal(ValueKind.BOOLEAN, Boolean.valueOf(text));
                case "SByte", "Byte", "Int16", "Int32", "Int64" ->
                    new Value.Literal(ValueKind.INTEGER, Long.valueOf(text));
                case "Decimal", "Single", "Double" -> new Value.Literal(ValueKind.DECIMAL, decimal(text));
                case "Date" -> new Value.Literal(ValueKind.DATE, LocalDate.parse(text));
                case "DateTimeOffset" ->
                    new Value.Literal(
                            ValueKind.INSTANT, OffsetDateTime.parse(text).toInstant());
                case "Guid" -> new Value.Literal(ValueKind.UUID, UUID.fromString(text));
                default -> throw unsupported(text);
            };
        } catch (DateTimeException | NumberFormatException exception) {
            throw Refusal.of("query-literal", option, text);
        }
    }

    private BigDecimal decimal(String text) {
        BigDecimal number = new BigDecimal(text);
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw Refusal.of("query-literal", option, text);
        }
        return number;
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1).replace("''", "'");
    }

    ProblemException mismatch() {
        return Refusal.of("query-types", option);
    }

    ProblemException unsupported(String what) {
        return Refusal.of("query-unsupported", option, what);
    }

    static boolean isText(Method method) {
        return method.getMethod() == MethodKind.CONTAINS
                || method.getMethod() == MethodKind.STARTSWITH
                || method.getMethod() == MethodKind.ENDSWITH;
    }
}
