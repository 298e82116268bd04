package io.relata.core.odata;

import io.relata.core.query.Aggregation;
import io.relata.core.query.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The names in a group, as a tree: what lies behind a lookup stands under the lookup's name.
final class GroupNames {

    private GroupNames() {}

    /// A name: of a key, or of a lookup with names under it.
    ///
    /// @param key the number of the key; `null` for a lookup
    record Node(@Nullable Integer key, Map<String, Node> children) {

        private static Node inner() {
            return new Node(null, new LinkedHashMap<>());
        }
    }

    static Node tree(List<Value.Path> paths) {
        Node root = Node.inner();
        for (int i = 0; i < paths.size(); i++) {
            Node node = root;
            for (Value.Path.Step step : paths.get(i).lookups()) {
                node = node.children().computeIfAbsent(step.lookup().name(), name -> Node.inner());
            }
            node.children().put(paths.get(i).property().name(), new Node(i, Map.of()));
        }
        return root;
    }

    /// Returns what the answer's context says after the hash: the set and what is shown of it.
    static String context(Aggregation aggregation) {
        StringJoiner names = new StringJoiner(",", "(", ")");
        children(tree(aggregation.keys()), names);
        aggregation.measures().forEach(measure -> names.add(measure.name()));
        return aggregation.selection().entity().setName() + names;
    }

    private static void children(Node node, StringJoiner names) {
        node.children().forEach((name, child) -> {
            if (child.key() != null) {
                names.add(name);
            } else {
                StringJoiner nested = new StringJoiner(",", name + "(", ")");
                children(child, nested);
                names.add(nested.toString());
            }
        });
    }
}
