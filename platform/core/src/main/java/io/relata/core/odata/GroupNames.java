package io.relata.core.odata;

import io.relata.core.query.Rows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The names in a computed row, as a tree: what lies behind a lookup stands under the lookup's name.
final class GroupNames {

    private GroupNames() {}

    /// A name: of a column, or of a lookup with names under it.
    ///
    /// @param column the number of the column; `null` for a lookup
    record Node(@Nullable Integer column, Map<String, Node> children) {

        private static Node inner() {
            return new Node(null, new LinkedHashMap<>());
        }
    }

    static Node tree(List<Rows.Column> columns) {
        Node root = Node.inner();
        for (int i = 0; i < columns.size(); i++) {
            Node node = root;
            List<String> path = columns.get(i).path();
            for (String name : path.subList(0, path.size() - 1)) {
                node = node.children().computeIfAbsent(name, key -> Node.inner());
            }
            node.children().put(path.getLast(), new Node(i, Map.of()));
        }
        return root;
    }

    /// Returns what is shown of a set, as the answer's context says it.
    static String context(List<Rows.Column> columns) {
        StringJoiner names = new StringJoiner(",", "(", ")");
        children(tree(columns), names);
        return names.toString();
    }

    private static void children(Node node, StringJoiner names) {
        node.children().forEach((name, child) -> {
            if (child.column() != null) {
                names.add(name);
            } else {
                StringJoiner nested = new StringJoiner(",", name + "(", ")");
                children(child, nested);
                names.add(nested.toString());
            }
        });
    }
}
