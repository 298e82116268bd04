package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LinkedCollection;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates a record together with records that point to it or are tied to it, and those of these: all of them or none,
/// with everything that speaks against any of them at once. Records that are there are tied by their addresses:
/// `members@odata.bind` with a list.
///
/// The members of a collection are saved together, so the number of statements depends on the collections, not on how
/// many members they have.
public final class DeepCreation {

    private static final int MAX_RECORDS = 1_000;
    private static final int MAX_DEPTH = 4;

    private final RecordWriter writer;
    private final WriteTransaction tx;
    private final List<Violation> violations = new ArrayList<>();
    private int records;

    /// A record with the records that were created for its collections.
    public record Created(RecordData record, Map<RecordCollection, List<Created>> members) {}

    /// A record on its way.
    private static final class Node {
        /// Where it stands in what was sent, with a dot at the end; empty for the outermost.
        private final String path;
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
        private final Map<RecordCollection, List<Node>> members = new LinkedHashMap<>();
        /// What ties it to others.
        private final Map<LinkedCollection, List<Node>> ties = new LinkedHashMap<>();
        private @Nullable RecordData saved;

        private Node(String path) {
            this.path = path;
        }
    }

    private DeepCreation(RecordWriter writer, WriteTransaction tx) {
        this.writer = writer;
        this.tx = tx;
    }

    /// Creates the record and what points to it.
    ///
    /// @param values by the API's property names; under a collection's name, a list of such
    /// @throws ProblemException VALIDATION with every violation, named like `opportunities[2].amount`
    public static Created create(
            RecordWriter writer, WriteTransaction tx, EntityDefinition entity, Map<String, @Nullable Object> values) {
        DeepCreation creation = new DeepCreation(writer, tx);
        Node root = creation.node(entity, values, "", 1);
        if (root.members.isEmpty() && root.ties.isEmpty() && creation.violations.isEmpty()) {
            RecordInput input = input(root);
            return new Created(writer.save(tx, entity, input).data(), Map.of());
        }
        creation.save(entity, List.of(root), Set.of());
        creation.saveMembers(List.of(root));
        if (!creation.violations.isEmpty()) {
            throw ProblemException.invalid(creation.violations);
        }
        return created(root);
    }

    private Node node(EntityDefinition entity, Map<?, ?> values, String path, int depth) {
        Node node = counted(path, depth);
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            Optional<RecordCollection> collection = tx.seen().collection(entity, name);
            Optional<LinkedCollection> bound = bound(entity, name);
            if (bound.isPresent()) {
                node.ties.put(bound.get(), ties(bound.get(), value, path + name));
            } else if (collection.isPresent()) {
                node.members.put(collection.get(), members(collection.get(), value, path + name, depth));
            } else if (name.indexOf('@') < 0 || name.endsWith(Bindings.SUFFIX)) {
                node.values.put(name, value);
            }
        });
        return node;
    }

    private Node counted(String path, int depth) {
        if (++records > MAX_RECORDS || depth > MAX_DEPTH) {
            throw ProblemException.invalid(
                    List.of(Violation.of(path.isEmpty() ? null : path, "deep-too-many", MAX_RECORDS, MAX_DEPTH)));
        }
        return new Node(path);
    }

    private Optional<LinkedCollection> bound(EntityDefinition entity, String name) {
        return name.endsWith(Bindings.SUFFIX)
                ? tx.seen()
                        .collection(entity, name.substring(0, name.length() - Bindings.SUFFIX.length()))
                        .filter(LinkedCollection.class::isInstance)
                        .map(LinkedCollection.class::cast)
                : Optional.empty();
    }

    /// Returns what is to tie records that are there, by their addresses.
    private List<Node> ties(LinkedCollection collection, @Nullable Object value, String path) {
        List<Node> nodes = new ArrayList<>();
        if (!(value instanceof List<?> addresses)) {
            violations.add(Violation.of(path, "not-a-list"));
            return nodes;
        }
        for (Object address : addresses) {
            Node node = counted(path + "[" + nodes.size() + "].", 1);
            node.values.put(collection.far().name() + Bindings.SUFFIX, address);
            nodes.add(node);
        }
        return nodes;
    }

    private List<Node> members(RecordCollection collection, @Nullable Object value, String path, int depth) {
        List<Node> nodes = new ArrayList<>();
        if (!(value instanceof List<?> list)) {
            violations.add(Violation.of(path, "not-a-list"));
            return nodes;
        }
        for (int i = 0; i < list.size(); i++) {
            String place = path + "[" + i + "]";
            if (list.get(i) instanceof Map<?, ?> member) {
                nodes.add(node(collection.from(), member, place + ".", depth + 1));
            } else {
                violations.add(Violation.of(place, "not-a-list"));
            }
        }
        return nodes;
    }

    private void saveMembers(List<Node> owners) {
        Map<RecordCollection, List<Node>> byCollection = new LinkedHashMap<>();
        Map<LinkedCollection, List<Node>> bound = new LinkedHashMap<>();
        for (Node owner : owners) {
            owner.members.forEach((collection, members) -> {
                if (collection instanceof Relationship pointing) {
                    members.forEach(
                            member -> member.values.put(pointing.lookup().property(), id(owner)));
                }
                byCollection
                        .computeIfAbsent(collection, key -> new ArrayList<>())
                        .addAll(members);
            });
            owner.ties.forEach((collection, members) -> {
                members.forEach(tie -> tie.values.put(collection.near().property(), id(owner)));
                bound.computeIfAbsent(collection, key -> new ArrayList<>()).addAll(members);
            });
        }
        boolean refused = owners.stream().anyMatch(owner -> owner.saved == null);
        byCollection.forEach((collection, members) -> {
            Set<String> forgiven = refused && collection instanceof Relationship pointing
                    ? Set.of(pointing.lookup().property())
                    : Set.of();
            save(collection.from(), members, forgiven);
            saveMembers(members);
        });
        bound.forEach((collection, nodes) -> save(
                collection.link(), nodes, refused ? Set.of(collection.near().property()) : Set.of()));
        tieMembers(owners);
    }

    /// Ties the records that were made at the far side.
    private void tieMembers(List<Node> owners) {
        Map<LinkedCollection, List<Node>> ties = new LinkedHashMap<>();
        for (Node owner : owners) {
            owner.members.forEach((collection, members) -> {
                if (collection instanceof LinkedCollection linked) {
                    ties.computeIfAbsent(linked, key -> new ArrayList<>())
                            .addAll(members.stream()
                                    .map(member -> tie(linked, owner, member))
                                    .toList());
                }
            });
        }
        ties.forEach((collection, nodes) -> save(collection.link(), nodes, forgiven(collection, owners)));
    }

    private static Node tie(LinkedCollection collection, Node owner, Node member) {
        Node tie = new Node(member.path);
        tie.values.put(collection.near().property(), id(owner));
        tie.values.put(collection.far().property(), id(member));
        return tie;
    }

    private static Set<String> forgiven(LinkedCollection collection, List<Node> owners) {
        Set<String> forgiven = new HashSet<>();
        for (Node owner : owners) {
            addIf(owner.saved == null, collection.near(), forgiven);
            owner.members
                    .getOrDefault(collection, List.of())
                    .forEach(member -> addIf(member.saved == null, collection.far(), forgiven));
        }
        return forgiven;
    }

    private static void addIf(boolean refused, FieldDefinition lookup, Set<String> forgiven) {
        if (refused) {
            forgiven.add(lookup.property());
        }
    }

    /// Returns the id of a record; of one that was refused, an id that nothing has.
    private static String id(Node node) {
        return (node.saved == null ? UUID.randomUUID() : node.saved.id()).toString();
    }

    /// Saves the records, or tries to, so that all is known that speaks against them.
    ///
    /// @param forgiven the lookups to records that may have been refused: that they then lead nowhere is nobody's fault
    private void save(EntityDefinition entity, List<Node> nodes, Set<String> forgiven) {
        List<RecordResult> results = writer.saveAll(
                tx, entity, nodes.stream().map(DeepCreation::input).toList());
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            switch (results.get(i)) {
                case RecordResult.Saved saved -> node.saved = saved.data();
                case RecordResult.Rejected rejected ->
                    rejected.violations().stream()
                            .filter(violation -> violation.field() == null || !forgiven.contains(violation.field()))
                            .forEach(violation -> violations.add(placed(node, violation)));
            }
        }
    }

    private static Violation placed(Node node, Violation violation) {
        String field = violation.field() == null
                ? node.path.isEmpty() ? null : node.path.substring(0, node.path.length() - 1)
                : node.path + violation.field();
        return new Violation(field, violation.code(), violation.arguments());
    }

    private static RecordInput input(Node node) {
        return new RecordInput(RecordTarget.NEW, node.values, RecordInput.Rest.KEPT, Form.JSON);
    }

    private static Created created(Node node) {
        Map<RecordCollection, List<Created>> members = new LinkedHashMap<>();
        node.members.forEach((collection, nodes) -> members.put(
                collection, nodes.stream().map(DeepCreation::created).toList()));
        return new Created(Objects.requireNonNull(node.saved), members);
    }
}
