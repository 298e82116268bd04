package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Filter;
import io.relata.core.query.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.server.api.uri.queryoption.expression.Binary;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Method;
import org.apache.olingo.server.api.uri.queryoption.expression.Unary;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;

/// Translates what stands for a condition.
final class FilterTranslator {

    /// Of conditions and values inside each other; the statement would nest as deep.
    static final int MAX_DEPTH = 60;

    private final ValueTranslator values;

    FilterTranslator(Paths paths, QueryOption option, Instant now) {
        this.values = new ValueTranslator(paths, option, now);
    }

    Filter filter(Expression expression) {
        return filter(expression, 0);
    }

    /// Returns the value, which may itself be a condition.
    Value value(Expression expression) {
        return value(expression, 0);
    }

    private Filter filter(Expression expression, int depth) {
        if (depth > MAX_DEPTH) {
            throw values.unsupported("(…)");
        }
        if (expression instanceof Binary binary) {
            return binary(binary, depth);
        }
        if (expression instanceof Unary unary && unary.getOperator() == UnaryOperatorKind.NOT) {
            return new Filter.Not(filter(unary.getOperand(), depth + 1));
        }
        if (expression instanceof Method method && ValueTranslator.isText(method)) {
            return match(method, depth);
        }
        Value value = values.value(expression, depth);
        if (value.kind() != ValueKind.BOOLEAN) {
            throw values.mismatch();
        }
        return new Filter.Holds(value);
    }

    private Filter binary(Binary binary, int depth) {
        return switch (binary.getOperator()) {
            case AND -> new Filter.And(chain(binary, BinaryOperatorKind.AND, depth));
            case OR -> new Filter.Or(chain(binary, BinaryOperatorKind.OR, depth));
            case EQ -> compare(binary, Filter.Operator.EQUAL, depth);
            case NE -> compare(binary, Filter.Operator.NOT_EQUAL, depth);
            case GT -> compare(binary, Filter.Operator.GREATER, depth);
            case GE -> compare(binary, Filter.Operator.GREATER_OR_EQUAL, depth);
            case LT -> compare(binary, Filter.Operator.LESS, depth);
            case LE -> compare(binary, Filter.Operator.LESS_OR_EQUAL, depth);
            case IN -> in(binary, depth);
            default -> throw values.unsupported(binary.getOperator().toString());
        };
    }

    /// Lays a chain of the same operator flat: the parser nests each further part one level deeper on the left.
    private List<Filter> chain(Binary binary, BinaryOperatorKind operator, int depth) {
        List<Filter> parts = new ArrayList<>();
        Expression rest = binary;
        while (rest instanceof Binary link && link.getOperator() == operator) {
            parts.add(filter(link.getRightOperand(), depth + 1));
            rest = link.getLeftOperand();
        }
        parts.add(filter(rest, depth + 1));
        return parts.reversed();
    }

    private Filter compare(Binary binary, Filter.Operator operator, int depth) {
        Value left = value(binary.getLeftOperand(), depth + 1);
        Value right = value(binary.getRightOperand(), depth + 1);
        requireSameType(left, right);
        return new Filter.Compare(left, operator, right);
    }

    private Filter in(Binary binary, int depth) {
        Value value = value(binary.getLeftOperand(), depth + 1);
        List<Value.Literal> choices = new ArrayList<>();
        for (Expression choice : binary.getExpressions()) {
            if (!(choice instanceof Literal literal)) {
                throw values.unsupported("in");
            }
            Value.Literal translated = values.literal(literal);
            requireSameType(value, translated);
            choices.add(translated);
        }
        return new Filter.In(value, choices);
    }

    private Filter match(Method method, int depth) {
        Value text = value(method.getParameters().get(0), depth + 1);
        Value part = value(method.getParameters().get(1), depth + 1);
        boolean texts = text.kind() == ValueKind.STRING
                && part.kind() == ValueKind.STRING
                && !text.equals(Value.Literal.NULL)
                && !part.equals(Value.Literal.NULL);
        if (!texts) {
            throw values.mismatch();
        }
        return new Filter.Match(
                text,
                switch (method.getMethod()) {
                    case STARTSWITH -> Filter.Place.START;
                    case ENDSWITH -> Filter.Place.END;
                    default -> Filter.Place.ANYWHERE;
                },
                part);
    }

    private Value value(Expression expression, int depth) {
        boolean condition = switch (expression) {
            case Binary binary -> !isArithmetic(binary.getOperator());
            case Unary unary -> unary.getOperator() == UnaryOperatorKind.NOT;
            case Method method -> ValueTranslator.isText(method);
            default -> false;
        };
        return condition ? new Value.Truth(filter(expression, depth)) : values.value(expression, depth);
    }

    private static boolean isArithmetic(BinaryOperatorKind operator) {
        return switch (operator) {
            case ADD, SUB, MUL, DIV, MOD -> true;
            default -> false;
        };
    }

    private void requireSameType(Value left, Value right) {
        boolean same = left.equals(Value.Literal.NULL)
                || right.equals(Value.Literal.NULL)
                || left.kind() == right.kind()
                || (isNumber(left) && isNumber(right));
        if (!same) {
            throw values.mismatch();
        }
    }

    private static boolean isNumber(Value value) {
        return value.kind() == ValueKind.INTEGER || value.kind() == ValueKind.DECIMAL;
    }
}
