package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Filter;
import io.relata.core.query.Function;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads an expression of OData: conditions and values, from the weakest operator to the strongest. Every name is
/// looked up and every type checked as it is read, so a refusal names the very place.
final class ExpressionParser {

    /// Of parts inside each other that need no parentheses; the statement nests as deep.
    private static final int MAX_HEIGHT = 60;

    private static final Map<String, Filter.Operator> EQUALITY =
            Map.of("eq", Filter.Operator.EQUAL, "ne", Filter.Operator.NOT_EQUAL);

    private static final Map<String, Filter.Operator> RELATION = Map.of(
            "gt", Filter.Operator.GREATER,
            "ge", Filter.Operator.GREATER_OR_EQUAL,
            "lt", Filter.Operator.LESS,
            "le", Filter.Operator.LESS_OR_EQUAL);

    private static final Map<String, Function> SUMS = Map.of("add", Function.ADD, "sub", Function.SUBTRACT);

    private static final Map<String, Function> PRODUCTS = Map.of(
            "mul", Function.MULTIPLY,
            "div", Function.DIVIDE,
            "divby", Function.DIVIDE_EXACTLY,
            "mod", Function.MODULO);

    private final Tokens tokens;
    private final QueryContext context;
    private final LiteralReader literals;
    private final CallParser calls;
    private final PathParser paths;
    private int depth;
    private int terms;

    ExpressionParser(Tokens tokens, Scope scope, QueryContext context) {
        this.tokens = tokens;
        this.context = context;
        this.literals = new LiteralReader(tokens);
        this.calls = new CallParser(this, tokens, context);
        this.paths = new PathParser(this, tokens, scope, context);
    }

    /// Reads a condition, up to what cannot belong to it.
    Filter filter() {
        return condition(expression());
    }

    /// Reads a value, which may be whether a condition holds.
    Value value() {
        return expression().value();
    }

    Operand expression() {
        Operand first = conjunction();
        if (!tokens.atName("or")) {
            return first;
        }
        List<Operand> parts = chain(first, "or", this::conjunction);
        return Operand.of(
                new Filter.Or(parts.stream().map(this::condition).toList()),
                first.at(),
                higher(Operand.tallest(parts)));
    }

    private Operand conjunction() {
        Operand first = equality();
        if (!tokens.atName("and")) {
            return first;
        }
        List<Operand> parts = chain(first, "and", this::equality);
        return Operand.of(
                new Filter.And(parts.stream().map(this::condition).toList()),
                first.at(),
                higher(Operand.tallest(parts)));
    }

    @FunctionalInterface
    private interface Part {
        Operand read();
    }

    private List<Operand> chain(Operand first, String operator, Part part) {
        List<Operand> parts = new ArrayList<>(List.of(first));
        while (tokens.atName(operator)) {
            tokens.next();
            parts.add(part.read());
        }
        return parts;
    }

    private Operand equality() {
        Operand left = relation();
        for (Filter.Operator found = taken(EQUALITY); found != null; found = taken(EQUALITY)) {
            left = compared(left, found, relation());
        }
        return left;
    }

    private Operand relation() {
        Operand left = sum();
        while (true) {
            Filter.Operator found = taken(RELATION);
            if (found != null) {
                left = compared(left, found, sum());
            } else if (tokens.atName("in")) {
                tokens.next();
                left = among(left);
            } else {
                return left;
            }
        }
    }

    private Operand sum() {
        Operand left = product();
        for (Function found = taken(SUMS); found != null; found = taken(SUMS)) {
            left = tokens.peek().kind() == Kind.DURATION
                    ? calls.later(left, tokens.next(), found == Function.SUBTRACT)
                    : calculated(found, left, product());
        }
        return left;
    }

    private Operand product() {
        Operand left = unary();
        for (Function found = taken(PRODUCTS); found != null; found = taken(PRODUCTS)) {
            left = calculated(found, left, unary());
        }
        return left;
    }

    /// Returns what the operator means that comes next, and goes on behind it; `null` when there is none of these.
    private <T> @Nullable T taken(Map<String, T> operators) {
        T meaning =
                tokens.peek().kind() == Kind.NAME ? operators.get(tokens.peek().text()) : null;
        if (meaning != null) {
            tokens.next();
        }
        return meaning;
    }

    private Operand unary() {
        Token first = tokens.peek();
        if (first.is(Kind.NAME, "not")) {
            tokens.next();
            Operand negated = inside(first, this::unary);
            return Operand.of(new Filter.Not(condition(negated)), first, higher(negated.height()));
        }
        if (!first.is(Kind.SYMBOL, "-")) {
            return primary();
        }
        tokens.next();
        if (literals.isNumber(tokens.peek())) {
            return literals.negative(tokens.next());
        }
        Operand negated = inside(first, this::unary);
        if (!negated.isNumber()) {
            throw tokens.at("query-type-mismatch", negated.at());
        }
        return new Operand(new Value.Call(Function.NEGATE, List.of(negated.value())), first, higher(negated.height()));
    }

    private Operand primary() {
        terms++;
        if (terms > context.limits().terms()) {
            throw Refusal.of("query-too-many", tokens.option(), context.limits().terms());
        }
        Token first = tokens.next();
        if (first.is(Kind.SYMBOL, "(")) {
            Operand inner = inside(first, this::expression);
            tokens.require(")");
            return inner;
        }
        if (literals.isLiteral(first)) {
            return literals.read(first);
        }
        if (first.kind() != Kind.NAME) {
            throw tokens.at("query-syntax", first);
        }
        if (first.text().startsWith("@")) {
            return aliased(first);
        }
        if (first.text().equals("geography") && tokens.peek().kind() == Kind.TEXT) {
            return literals.geography(first, tokens.next());
        }
        return tokens.at("(") ? inside(first, () -> calls.read(first)) : paths.read(first);
    }

    /// Reads what a name stands for that the query says elsewhere: a constant.
    private Operand aliased(Token name) {
        String text = context.aliases().get(name.text());
        if (text == null) {
            throw tokens.named("query-unknown-name", name);
        }
        Tokens constant = new Tokens(tokens.option(), text);
        boolean negative = constant.skip("-");
        LiteralReader reader = new LiteralReader(constant);
        Token literal = constant.next();
        boolean fits = negative ? reader.isNumber(literal) : reader.isLiteral(literal);
        if (!fits || constant.peek().kind() != Kind.END) {
            throw Refusal.of("query-literal", tokens.option(), text);
        }
        Operand value = negative ? reader.negative(literal) : reader.read(literal);
        return new Operand(value.value(), name, 1);
    }

    private Operand among(Operand left) {
        tokens.require("(");
        List<Value.Literal> choices = new ArrayList<>();
        do {
            Token first = tokens.next();
            Operand choice = first.is(Kind.SYMBOL, "-") && literals.isNumber(tokens.peek())
                    ? literals.negative(tokens.next())
                    : first.text().startsWith("@") ? aliased(first) : literals.read(first);
            requireComparable(left, choice);
            choices.add((Value.Literal) choice.value());
            if (choices.size() > context.limits().choices()) {
                throw Refusal.of(
                        "query-too-many-choices",
                        tokens.option(),
                        context.limits().choices());
            }
        } while (tokens.skip(","));
        tokens.require(")");
        return Operand.of(new Filter.In(left.value(), choices), left.at(), higher(left.height()));
    }

    private Operand compared(Operand left, Filter.Operator operator, Operand right) {
        requireComparable(left, right);
        int height = higher(Math.max(left.height(), right.height()));
        return Operand.of(new Filter.Compare(left.value(), operator, right.value()), left.at(), height);
    }

    private void requireComparable(Operand left, Operand right) {
        if (!left.comparable(right)) {
            throw tokens.at("query-type-mismatch", right.at());
        }
    }

    private Operand calculated(Function function, Operand left, Operand right) {
        if (function == Function.SUBTRACT && isMoment(left) && left.kind() == right.kind()) {
            return called(Function.SECONDS_BETWEEN, left, right);
        }
        for (Operand operand : List.of(left, right)) {
            if (!operand.isNumber()) {
                throw tokens.at("query-type-mismatch", operand.at());
            }
        }
        return called(function, left, right);
    }

    private static boolean isMoment(Operand operand) {
        return !operand.isNull() && (operand.kind() == ValueKind.DATE || operand.kind() == ValueKind.INSTANT);
    }

    private Operand called(Function function, Operand left, Operand right) {
        return new Operand(
                new Value.Call(function, List.of(left.value(), right.value())),
                left.at(),
                higher(Math.max(left.height(), right.height())));
    }

    /// Returns the operand as a condition, which it must be.
    Filter condition(Operand operand) {
        if (operand.value() instanceof Value.Truth truth) {
            return truth.filter();
        }
        if (operand.isNull() || operand.kind() != ValueKind.BOOLEAN) {
            throw tokens.at("query-type-mismatch", operand.at());
        }
        return new Filter.Holds(operand.value());
    }

    /// Reads what stands inside of something.
    private Operand inside(Token around, Part part) {
        depth++;
        if (depth > context.limits().depth()) {
            throw tokens.at("query-too-deep", around);
        }
        Operand inner = part.read();
        depth--;
        return inner;
    }

    int higher(int height) {
        if (height >= MAX_HEIGHT) {
            throw tooDeep();
        }
        return height + 1;
    }

    private ProblemException tooDeep() {
        return tokens.at("query-too-deep", tokens.peek());
    }
}
