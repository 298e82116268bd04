package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;
import io.relata.core.expression.Node.Call;
import io.relata.core.expression.Node.Constant;
import io.relata.core.expression.Type.Numeric;
import io.relata.core.expression.Type.Plain;
import io.relata.core.expression.Type.Text;
import java.util.ArrayList;
import java.util.List;

/// Checks what stands between, before and around signs.
final class Operators {

    private final Checker checker;

    Operators(Checker checker) {
        this.checker = checker;
    }

    Node check(Syntax.Operator operator) {
        if (operator.sign().equals("in")) {
            return in(operator);
        }
        List<Node> operands = checker.checkAll(operator.operands());
        return switch (operator.sign()) {
            case "?" -> conditional(operator, operands);
            case "||" -> truths(operator, Op.OR, operands);
            case "&&" -> truths(operator, Op.AND, operands);
            case "!" -> truths(operator, Op.NOT, operands);
            case "==" -> compare(operator, Op.EQUAL, operands);
            case "!=" -> compare(operator, Op.NOT_EQUAL, operands);
            case "<" -> compare(operator, Op.LESS, operands);
            case "<=" -> compare(operator, Op.LESS_OR_EQUAL, operands);
            case ">" -> compare(operator, Op.GREATER, operands);
            case ">=" -> compare(operator, Op.GREATER_OR_EQUAL, operands);
            case "-" -> operands.size() == 1 ? negate(operator, operands.getFirst()) : minus(operator, operands);
            case "+" -> plus(operator, operands);
            default -> multiply(operator, operands);
        };
    }

    private static Node conditional(Syntax.Operator operator, List<Node> operands) {
        Checker.condition(operator.operands().getFirst().position(), operands.getFirst());
        Type one = operands.get(1).type();
        Type other = operands.get(2).type();
        if (!Type.alike(one, other)) {
            throw Found.at(operator.operands().get(2).position(), "expression-branches", one.word(), other.word());
        }
        return Call.of(Op.IF, Type.joint(one, other), operands);
    }

    private static Node truths(Syntax.Operator operator, Op op, List<Node> operands) {
        for (int i = 0; i < operands.size(); i++) {
            Checker.condition(operator.operands().get(i).position(), operands.get(i));
        }
        return Call.of(op, Plain.TRUTH, operands);
    }

    private static Node compare(Syntax.Operator operator, Op op, List<Node> operands) {
        Type one = operands.get(0).type();
        Type other = operands.get(1).type();
        boolean ordered = op != Op.EQUAL && op != Op.NOT_EQUAL;
        boolean possible = Type.alike(one, other)
                && !(one instanceof Type.Texts || other instanceof Type.Texts)
                && (!ordered || (orderable(one) && orderable(other)));
        if (!possible) {
            throw operands(operator, operands);
        }
        requireOption(operator.operands().get(1).position(), one, operands.get(1));
        requireOption(operator.operands().get(0).position(), other, operands.get(0));
        return Call.of(op, Plain.TRUTH, operands);
    }

    private static boolean orderable(Type type) {
        return !(type instanceof Type.Reference) && type != Plain.TRUTH;
    }

    /// A picklist compared with what is none of its options is a mistake of writing.
    private static void requireOption(int position, Type picklist, Node value) {
        List<Type.Choice> choices = switch (picklist) {
            case Text text -> text.choices();
            case Type.Texts texts -> texts.choices();
            default -> List.of();
        };
        String text = Constant.text(value);
        if (choices.isEmpty() || text == null) {
            return;
        }
        List<String> options = choices.stream().map(Type.Choice::value).toList();
        if (!options.contains(text)) {
            throw Hints.nearest(text, options)
                    .map(hint -> Found.at(position, "expression-no-option-hint", text, hint))
                    .orElseGet(() -> Found.at(position, "expression-no-option", text));
        }
    }

    private Node in(Syntax.Operator operator) {
        Syntax written = operator.operands().get(1);
        Node value = checker.check(operator.operands().getFirst());
        if (!(written instanceof Syntax.Items choicesWritten)) {
            Node list = checker.check(written);
            if (!(list.type() instanceof Type.Texts) || !Type.alike(value.type(), new Text(0))) {
                throw operands(operator, List.of(value, list));
            }
            requireOption(operator.operands().getFirst().position(), list.type(), value);
            return Call.of(Op.HAS_ITEM, Plain.TRUTH, list, value);
        }
        List<Node> arguments = new ArrayList<>(List.of(value));
        List<Node> choices = checker.checkAll(choicesWritten.items());
        for (int i = 0; i < choices.size(); i++) {
            Node choice = choices.get(i);
            if (!Type.alike(value.type(), choice.type()) || value.type() instanceof Type.Texts) {
                throw operands(operator, List.of(value, choice));
            }
            requireOption(choicesWritten.items().get(i).position(), value.type(), choice);
            arguments.add(choice);
        }
        return Call.of(Op.ONE_OF, Plain.TRUTH, arguments);
    }

    private static Node negate(Syntax.Operator operator, Node operand) {
        if (!measure(operand.type())) {
            throw Found.at(
                    operator.position(),
                    "expression-operand",
                    "-",
                    operand.type().word());
        }
        return Call.of(Op.NEGATE, operand.type(), operand);
    }

    private static boolean measure(Type type) {
        return type instanceof Numeric || type == Plain.SPAN || type == Plain.NOTHING;
    }

    private static Node plus(Syntax.Operator operator, List<Node> operands) {
        Node left = operands.get(0);
        Node right = operands.get(1);
        if (text(left) && text(right)) {
            return Call.of(Op.CONCAT, Bounds.joined(asText(left), asText(right)), operands);
        }
        if (left.type() == Plain.DATE && right.type() instanceof Numeric) {
            return Call.of(Op.ADD_DAYS, Plain.DATE, operands);
        }
        if (left.type() == Plain.MOMENT && right.type() == Plain.SPAN) {
            return Call.of(Op.MOVE, Plain.MOMENT, operands);
        }
        return sums(operator, Op.ADD, operands);
    }

    private static boolean text(Node node) {
        return node.type() instanceof Text;
    }

    private static Text asText(Node node) {
        return node.type() instanceof Text text ? text : new Text(0);
    }

    private static Node minus(Syntax.Operator operator, List<Node> operands) {
        Node left = operands.get(0);
        Node right = operands.get(1);
        if (left.type() == Plain.DATE && right.type() == Plain.DATE) {
            return Call.of(Op.DAYS_BETWEEN, Type.SMALL, operands);
        }
        if (left.type() == Plain.MOMENT && right.type() == Plain.MOMENT) {
            return Call.of(Op.SPAN_BETWEEN, Plain.SPAN, operands);
        }
        if (left.type() == Plain.DATE && right.type() instanceof Numeric) {
            return Call.of(Op.ADD_DAYS, Plain.DATE, left, Call.of(Op.NEGATE, right.type(), right));
        }
        if (left.type() == Plain.MOMENT && right.type() == Plain.SPAN) {
            return Call.of(Op.MOVE, Plain.MOMENT, left, Call.of(Op.NEGATE, Plain.SPAN, right));
        }
        return sums(operator, Op.SUBTRACT, operands);
    }

    private static Node sums(Syntax.Operator operator, Op op, List<Node> operands) {
        Type one = operands.get(0).type();
        Type other = operands.get(1).type();
        if (one == Plain.SPAN && other == Plain.SPAN) {
            return Call.of(op, Plain.SPAN, operands);
        }
        if (one instanceof Numeric left && other instanceof Numeric right) {
            return Call.of(op, Bounds.sum(left, right), operands);
        }
        throw operands(operator, operands);
    }

    private static Node multiply(Syntax.Operator operator, List<Node> operands) {
        if (!(operands.get(0).type() instanceof Numeric left)
                || !(operands.get(1).type() instanceof Numeric right)) {
            throw operands(operator, operands);
        }
        return switch (operator.sign()) {
            case "*" -> Call.of(Op.MULTIPLY, Bounds.product(left, right), operands);
            case "/" -> Call.of(Op.DIVIDE, Bounds.quotient(left, right), operands);
            default -> Call.of(Op.MODULO, Bounds.remainder(left, right), operands);
        };
    }

    private static Found operands(Syntax.Operator operator, List<Node> operands) {
        return Found.at(
                operator.position(),
                "expression-operands",
                operator.sign(),
                operands.get(0).type().word(),
                operands.get(1).type().word());
    }
}
