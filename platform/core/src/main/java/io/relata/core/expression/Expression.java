package io.relata.core.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked expression: what was written, and the tree that it means. Immutable; made once and computed often.
///
/// @param steady whether its value changes only when a record is written, not by itself with time or by reader
public record Expression(String text, Node root, boolean steady) {

    /// What became of a text: an expression, or what is wrong with it.
    public record Reading(@Nullable Expression expression, List<Mistake> mistakes) {

        public Reading {
            mistakes = List.copyOf(mistakes);
        }
    }

    /// Reads and checks a text.
    ///
    /// @param wanted what the expression is to be; `null` for anything
    public static Reading read(String text, Scope scope, @Nullable Type wanted) {
        List<Mistake> mistakes = new ArrayList<>();
        try {
            Checker checker = new Checker(scope, mistakes);
            Node root = checker.check(SyntaxReader.read(text));
            if (mistakes.isEmpty() && wanted != null && !Type.alike(root.type(), wanted)) {
                mistakes.add(Mistake.at(
                        1, "expression-result", wanted.word(), root.type().word()));
            }
            if (mistakes.isEmpty()) {
                return new Reading(new Expression(text, root, checker.steady()), List.of());
            }
        } catch (Mistake.Found found) {
            mistakes.add(found.mistake());
        }
        return new Reading(null, mistakes);
    }

    public Type type() {
        return root.type();
    }

    /// Returns what it reads of records.
    public Set<Node.Path> paths() {
        Set<Node.Path> paths = new LinkedHashSet<>();
        root.walk(node -> {
            if (node instanceof Node.Path path) {
                paths.add(path);
            }
        });
        return paths;
    }
}
