package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.List;

/// Reads `case`: conditions, each with the value that stands for it.
final class CaseParser {

    private final ExpressionParser expressions;
    private final Tokens tokens;

    CaseParser(ExpressionParser expressions, Tokens tokens) {
        this.expressions = expressions;
        this.tokens = tokens;
    }

    /// Reads the arguments of the `case` whose name has been read.
    Operand read(Token name) {
        List<Value.Choice.Branch> branches = new ArrayList<>();
        List<Operand> parts = new ArrayList<>();
        tokens.require("(");
        do {
            Operand condition = expressions.expression();
            tokens.require(":");
            Operand value = expressions.expression();
            branches.add(new Value.Choice.Branch(expressions.condition(condition), value.value()));
            parts.add(condition);
            parts.add(value);
        } while (tokens.skip(","));
        tokens.require(")");
        return new Operand(new Value.Choice(kind(parts), branches), name, expressions.higher(Operand.tallest(parts)));
    }

    /// Returns the kind of all values, which must be one.
    ///
    /// @param parts a condition and a value in turn
    private ValueKind kind(List<Operand> parts) {
        Operand first = null;
        boolean decimal = false;
        for (int i = 1; i < parts.size(); i += 2) {
            Operand value = parts.get(i);
            if (value.isNull()) {
                continue;
            }
            first = first == null ? value : first;
            if (!first.comparable(value) || !value.kind().isScalar()) {
                throw tokens.at("query-type-mismatch", value.at());
            }
            decimal |= value.kind() == ValueKind.DECIMAL;
        }
        if (first == null) {
            throw tokens.at("query-type-mismatch", parts.getLast().at());
        }
        return decimal ? ValueKind.DECIMAL : first.kind();
    }
}
