package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;
import io.relata.core.expression.Node.Call;
import io.relata.core.expression.Node.Constant;
import io.relata.core.expression.Type.Numeric;
import io.relata.core.expression.Type.Plain;
import io.relata.core.expression.Type.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns what was written into a typed tree, and says everything that is wrong with it.
final class Checker {

    private final Scope scope;
    private final List<Mistake> mistakes;
    /// What a macro's variable stands for at the moment.
    private final Map<String, Node> variables = new HashMap<>();

    private boolean steady = true;

    Checker(Scope scope, List<Mistake> mistakes) {
        this.scope = scope;
        this.mistakes = mistakes;
    }

    boolean steady() {
        return steady;
    }

    void unsteady() {
        steady = false;
    }

    Node check(Syntax syntax) {
        Node node = switch (syntax) {
            case Syntax.Literal literal -> constant(literal);
            case Syntax.Name name -> name(name);
            case Syntax.Select select -> select(select);
            case Syntax.Operator operator -> new Operators(this).check(operator);
            case Syntax.Call call -> call(call);
            case Syntax.Items items -> throw Found.at(items.position(), "expression-list-alone");
        };
        return Bounds.within(syntax.position(), node);
    }

    /// Checks parts that do not depend on one another: all of them are looked at, whatever is wrong with one.
    List<Node> checkAll(List<Syntax> parts) {
        List<Node> nodes = new ArrayList<>();
        Found first = null;
        for (Syntax part : parts) {
            try {
                nodes.add(check(part));
            } catch (Found found) {
                if (first != null) {
                    mistakes.add(first.mistake());
                }
                first = found;
            }
        }
        if (first != null) {
            throw first;
        }
        return nodes;
    }

    static Constant constant(Syntax.Literal literal) {
        return switch (literal.value()) {
            case null -> Constant.NULL;
            case Boolean truth -> new Constant(Plain.TRUTH, truth);
            case BigDecimal number -> number(number);
            case String text -> new Constant(new Text(text.codePointCount(0, text.length())), text);
            default -> throw new IllegalArgumentException("No literal: " + literal);
        };
    }

    static Constant number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        int scale = Math.max(0, plain.scale());
        return new Constant(new Numeric(Math.max(1, plain.precision() - plain.scale()), scale), value);
    }

    private Node name(Syntax.Name name) {
        Node variable = variables.get(name.name());
        return variable != null
                ? variable
                : leaf(name.position(), member(scope, name.position(), name.name()), List.of(name.name()));
    }

    private Node select(Syntax.Select select) {
        List<String> names = new ArrayList<>();
        Scope.Member member = follow(select, names);
        return leaf(select.position(), member, names);
    }

    private Node leaf(int position, Scope.Member member, List<String> names) {
        if (!member.steady()) {
            unsteady();
        }
        return Bounds.within(position, new Node.Path(names, member.type(), member.weight()));
    }

    private Scope.Member follow(Syntax syntax, List<String> names) {
        return switch (syntax) {
            case Syntax.Name name -> {
                names.add(name.name());
                yield member(scope, name.position(), name.name());
            }
            case Syntax.Select select -> {
                Scope.Member from = follow(select.from(), names);
                if (from.beyond() == null) {
                    throw Found.at(select.position(), "expression-no-lookup", names.getLast());
                }
                names.add(select.name());
                yield member(from.beyond(), select.position(), select.name());
            }
            default -> throw Found.at(syntax.position(), "expression-not-supported", ".");
        };
    }

    private static Scope.Member member(Scope scope, int position, String name) {
        return scope.member(name)
                .orElseThrow(() -> Hints.nearest(name, scope.names())
                        .map(hint -> Found.at(position, "expression-unknown-name-hint", name, hint))
                        .orElseGet(() -> Found.at(position, "expression-unknown-name", name)));
    }

    private Node call(Syntax.Call call) {
        if (call.ofMember()
                && (call.function().equals("exists") || call.function().equals("all"))) {
            return macro(call);
        }
        if (call.function().equals("has") && call.arguments().size() == 1) {
            Node argument = check(call.arguments().getFirst());
            return Call.of(Op.NOT, Plain.TRUTH, Call.of(Op.IS_EMPTY, Plain.TRUTH, argument));
        }
        Function function = Functions.ALL.get(call.function());
        if (function == null) {
            throw Hints.nearest(call.function(), Functions.ALL.keySet())
                    .map(hint -> Found.at(call.position(), "expression-unknown-function-hint", call.function(), hint))
                    .orElseGet(() -> Found.at(call.position(), "expression-unknown-function", call.function()));
        }
        return function.check(this, call, checkAll(call.arguments()));
    }

    /// `[…].exists(x, condition)` and `all`: written out for every item, so that nothing repeats when it is computed.
    private Node macro(Syntax.Call call) {
        List<Syntax> arguments = call.arguments();
        if (!(arguments.size() == 3 && arguments.get(1) instanceof Syntax.Name name)) {
            throw Found.at(call.position(), "expression-macro", call.function());
        }
        if (!(arguments.getFirst() instanceof Syntax.Items list)) {
            throw Found.at(arguments.getFirst().position(), "expression-macro", call.function());
        }
        List<Node> conditions = new ArrayList<>();
        int weight = 0;
        for (Node item : checkAll(list.items())) {
            Node before = variables.put(name.name(), item);
            try {
                Node condition = check(arguments.get(2));
                weight += condition.weight();
                conditions.add(condition(arguments.get(2).position(), condition));
            } finally {
                restore(name.name(), before);
            }
            if (weight > Bounds.MOST_WEIGHT) {
                throw Found.at(call.position(), "expression-too-big", Bounds.MOST_WEIGHT);
            }
        }
        return Call.of(call.function().equals("all") ? Op.AND : Op.OR, Plain.TRUTH, conditions);
    }

    private void restore(String variable, @Nullable Node before) {
        if (before == null) {
            variables.remove(variable);
        } else {
            variables.put(variable, before);
        }
    }

    static Node condition(int position, Node node) {
        if (!Type.alike(node.type(), Plain.TRUTH)) {
            throw Found.at(position, "expression-condition", node.type().word());
        }
        return node;
    }
}
