package io.relata.core.expression;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A checked expression: every part has a type, every name leads somewhere. Immutable.
public sealed interface Node {

    Type type();

    /// Returns of how many parts it consists, those that it stands for included.
    int weight();

    /// A value that stands in the expression.
    ///
    /// @param value a `String`, `BigDecimal` (for a span, of seconds), `Boolean`, `LocalDate`, `Instant`, or `null`
    record Constant(Type type, @Nullable Object value) implements Node {

        public static final Constant NULL = new Constant(Type.Plain.NOTHING, null);

        @Override
        public int weight() {
            return 1;
        }

        /// Returns the text that a node is, if it is a literal one.
        static @Nullable String text(Node node) {
            return node instanceof Constant constant && constant.value() instanceof String text ? text : null;
        }
    }

    /// What a record holds, or a record that it points to.
    ///
    /// @param names the lookups to follow, and last the field
    record Path(List<String> names, Type type, int weight) implements Node {

        public Path {
            names = List.copyOf(names);
        }
    }

    /// Something computed from arguments.
    record Call(Op op, List<Node> arguments, Type type, int weight) implements Node {

        public Call {
            arguments = List.copyOf(arguments);
        }

        static Call of(Op op, Type type, List<Node> arguments) {
            int weight = 1;
            for (Node argument : arguments) {
                weight += argument.weight();
            }
            return new Call(op, arguments, type, weight);
        }

        static Call of(Op op, Type type, Node... arguments) {
            return of(op, type, List.of(arguments));
        }

        public Node argument(int index) {
            return arguments.get(index);
        }
    }

    /// Shows the visitor this node and everything in it.
    default void walk(Consumer<Node> visitor) {
        visitor.accept(this);
        if (this instanceof Call call) {
            call.arguments().forEach(argument -> argument.walk(visitor));
        }
    }
}
