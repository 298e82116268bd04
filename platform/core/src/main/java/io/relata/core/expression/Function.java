package io.relata.core.expression;

import io.relata.core.expression.Mistake.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that expressions may call.
///
/// @param form   how it is called, for the reference
/// @param takes  what its arguments are
/// @param more   whether the last argument may be repeated
/// @param result makes the tree of a call from arguments that fit
record Function(String name, String form, List<Kind> takes, boolean more, Result result) {

    Function {
        takes = List.copyOf(takes);
    }

    /// What an argument may be.
    enum Kind {
        TEXT,
        NUMBER,
        /// A literal whole number from 0 to 10.
        DIGITS,
        /// A literal text.
        LITERAL,
        DATE,
        MOMENT,
        SPAN,
        /// A date, or a moment of which the date is taken.
        DAY,
        ANY;

        boolean takes(Node node) {
            Type type = node.type();
            if (type == Type.Plain.NOTHING) {
                return this != DIGITS && this != LITERAL;
            }
            return switch (this) {
                case TEXT -> type instanceof Type.Text;
                case NUMBER -> type instanceof Type.Numeric;
                case DIGITS -> node instanceof Node.Constant constant && digits(constant.value());
                case LITERAL -> node instanceof Node.Constant && type instanceof Type.Text;
                case DATE -> type == Type.Plain.DATE;
                case MOMENT -> type == Type.Plain.MOMENT;
                case SPAN -> type == Type.Plain.SPAN;
                case DAY -> type == Type.Plain.DATE || type == Type.Plain.MOMENT;
                case ANY -> true;
            };
        }

        private static boolean digits(@Nullable Object number) {
            return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
                    .contains(String.valueOf(number));
        }
    }

    @FunctionalInterface
    interface Result {

        Node of(Checker checker, Syntax.Call call, List<Node> arguments);
    }

    Node check(Checker checker, Syntax.Call call, List<Node> arguments) {
        boolean fits = more ? arguments.size() >= takes.size() : arguments.size() == takes.size();
        if (!fits) {
            throw Found.at(call.position(), "expression-arguments", form);
        }
        List<Node> taken = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Kind kind = takes.get(Math.min(i, takes.size() - 1));
            Node argument = arguments.get(i);
            if (!kind.takes(argument)) {
                throw Found.at(
                        call.arguments().get(i).position(),
                        "expression-argument",
                        form,
                        argument.type().word());
            }
            boolean dated = kind == Kind.DAY && argument.type() == Type.Plain.MOMENT;
            taken.add(dated ? Node.Call.of(Op.DATE_OF, Type.Plain.DATE, argument) : argument);
            if (dated) {
                checker.unsteady();
            }
        }
        return Bounds.within(call.position(), result.of(checker, call, taken));
    }
}
