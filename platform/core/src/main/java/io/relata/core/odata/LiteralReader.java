package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/// Reads constants.
final class LiteralReader {

    /// Of a number's digits, before and after the point: no stored number has more, and arithmetic stays cheap.
    private static final int MAX_DIGITS = 50;

    private static final Set<String> WORDS = Set.of("null", "true", "false", "INF", "NaN");

    private final Tokens tokens;

    LiteralReader(Tokens tokens) {
        this.tokens = tokens;
    }

    boolean isLiteral(Token token) {
        return switch (token.kind()) {
            case TEXT, INTEGER, DECIMAL, DATE, INSTANT, UUID, DURATION -> true;
            case NAME -> WORDS.contains(token.text());
            case SYMBOL, END -> false;
        };
    }

    boolean isNumber(Token token) {
        return token.kind() == Kind.INTEGER || token.kind() == Kind.DECIMAL;
    }

    Operand negative(Token number) {
        return new Operand(literal(number, "-" + number.text()), number, 1);
    }

    Operand read(Token token) {
        if (!isLiteral(token)) {
            throw token.kind() == Kind.NAME
                    ? Refusal.of("query-unsupported", tokens.option(), token.text())
                    : tokens.at("query-syntax", token);
        }
        return new Operand(literal(token, token.text()), token, 1);
    }

    /// Reads a point or an area: what stands between the quotation marks behind `geography`.
    Operand geography(Token name, Token text) {
        Object shape = Geography.read(text.text()).orElseThrow(() -> impossible(text.text()));
        return new Operand(new Value.Literal(ValueKind.POINT, shape), name, 1);
    }

    private Value.Literal literal(Token token, String text) {
        try {
            return switch (token.kind()) {
                case TEXT -> new Value.Literal(ValueKind.STRING, text);
                case INTEGER -> whole(text);
                case DECIMAL -> new Value.Literal(ValueKind.DECIMAL, decimal(text));
                case DATE -> new Value.Literal(ValueKind.DATE, LocalDate.parse(text));
                case INSTANT ->
                    new Value.Literal(
                            ValueKind.INSTANT, OffsetDateTime.parse(text).toInstant());
                case UUID -> new Value.Literal(ValueKind.UUID, UUID.fromString(text));
                case NAME -> word(text);
                case DURATION -> seconds(text);
                case SYMBOL, END -> throw tokens.at("query-syntax", token);
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException exception) {
            throw impossible(text);
        }
    }

    /// A duration is the number of its seconds, as fields of that type hold it.
    private static Value.Literal seconds(String text) {
        Duration duration = Duration.parse(text);
        return duration.getNano() == 0
                ? new Value.Literal(ValueKind.INTEGER, duration.getSeconds())
                : new Value.Literal(
                        ValueKind.DECIMAL,
                        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9)));
    }

    private Value.Literal word(String text) {
        return switch (text) {
            case "null" -> Value.Literal.NULL;
            case "true" -> new Value.Literal(ValueKind.BOOLEAN, true);
            case "false" -> new Value.Literal(ValueKind.BOOLEAN, false);
            default -> throw impossible(text);
        };
    }

    /// A number with more digits than a whole number can have here is one all the same.
    private Value.Literal whole(String text) {
        BigDecimal number = decimal(text);
        return number.precision() > 18
                ? new Value.Literal(ValueKind.DECIMAL, number)
                : new Value.Literal(ValueKind.INTEGER, number.longValueExact());
    }

    private BigDecimal decimal(String text) {
        if (text.length() > 3 * MAX_DIGITS) {
            throw impossible(text.substring(0, MAX_DIGITS) + "…");
        }
        BigDecimal number = new BigDecimal(text);
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
            throw impossible(text);
        }
        return number;
    }

    private ProblemException impossible(String text) {
        return Refusal.of("query-literal", tokens.option(), text);
    }
}
