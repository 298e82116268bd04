package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Filter;
import io.relata.core.query.Function;
import io.relata.core.query.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `cast` and `isof`: values as values of another of OData's primitive types.
final class CastParser {

    private static final Map<String, ValueKind> KINDS = Map.ofEntries(
            Map.entry("Edm.String", ValueKind.STRING),
            Map.entry("Edm.TimeOfDay", ValueKind.STRING),
            Map.entry("Edm.Byte", ValueKind.INTEGER),
            Map.entry("Edm.SByte", ValueKind.INTEGER),
            Map.entry("Edm.Int16", ValueKind.INTEGER),
            Map.entry("Edm.Int32", ValueKind.INTEGER),
            Map.entry("Edm.Int64", ValueKind.INTEGER),
            Map.entry("Edm.Decimal", ValueKind.DECIMAL),
            Map.entry("Edm.Double", ValueKind.DECIMAL),
            Map.entry("Edm.Single", ValueKind.DECIMAL),
            Map.entry("Edm.Boolean", ValueKind.BOOLEAN),
            Map.entry("Edm.Date", ValueKind.DATE),
            Map.entry("Edm.DateTimeOffset", ValueKind.INSTANT),
            Map.entry("Edm.Guid", ValueKind.UUID));

    private static final Set<ValueKind> NUMBERS = EnumSet.of(ValueKind.INTEGER, ValueKind.DECIMAL);

    /// How a text becomes each kind that it can become.
    private static final Map<ValueKind, Function> FROM_TEXT = Map.of(
            ValueKind.INTEGER, Function.AS_WHOLE,
            ValueKind.DECIMAL, Function.AS_NUMBER,
            ValueKind.DATE, Function.AS_DATE,
            ValueKind.INSTANT, Function.AS_INSTANT,
            ValueKind.UUID, Function.AS_UUID);

    private final ExpressionParser expressions;
    private final Tokens tokens;

    CastParser(ExpressionParser expressions, Tokens tokens) {
        this.expressions = expressions;
        this.tokens = tokens;
    }

    /// Reads the arguments of `cast`. What cannot be cast in any record is refused; what cannot in one is empty there.
    Operand cast(Token name) {
        tokens.require("(");
        Operand operand = expressions.expression();
        tokens.require(",");
        Token type = tokens.peek();
        ValueKind wanted = kind(tokens.require(Kind.NAME));
        tokens.require(")");
        if (operand.isNull()) {
            return operand;
        }
        return new Operand(cast(operand, wanted, type), name, expressions.higher(operand.height()));
    }

    private Value cast(Operand operand, ValueKind wanted, Token type) {
        Value value = operand.value();
        ValueKind given = operand.kind();
        if (given == wanted || (wanted == ValueKind.DECIMAL && given == ValueKind.INTEGER)) {
            return value;
        }
        if (wanted == ValueKind.STRING && given.isScalar()) {
            return new Value.Call(Function.AS_TEXT, List.of(value));
        }
        if (wanted == ValueKind.INTEGER && given == ValueKind.DECIMAL) {
            return new Value.Call(Function.AS_WHOLE, List.of(value));
        }
        if (wanted == ValueKind.DATE && given == ValueKind.INSTANT) {
            return new Value.Call(Function.DATE, List.of(value));
        }
        if (given == ValueKind.STRING && FROM_TEXT.containsKey(wanted)) {
            return new Value.Call(FROM_TEXT.get(wanted), List.of(value));
        }
        throw tokens.at("query-type-mismatch", type);
    }

    /// Reads the arguments of `isof`. An empty value is of no type.
    Operand isOf(Token name) {
        tokens.require("(");
        Operand operand = expressions.expression();
        tokens.require(",");
        ValueKind wanted = kind(tokens.require(Kind.NAME));
        tokens.require(")");
        boolean possible = !operand.isNull() && sameSort(operand.kind(), wanted);
        Value known = possible ? operand.value() : Value.Literal.NULL;
        return Operand.of(
                new Filter.Compare(known, Filter.Operator.NOT_EQUAL, Value.Literal.NULL),
                name,
                expressions.higher(operand.height()));
    }

    private static boolean sameSort(ValueKind given, ValueKind wanted) {
        return given == wanted || (NUMBERS.contains(given) && NUMBERS.contains(wanted));
    }

    private ValueKind kind(Token type) {
        ValueKind kind = KINDS.get(type.text());
        if (kind == null) {
            throw tokens.named("query-unknown-name", type);
        }
        return kind;
    }
}
