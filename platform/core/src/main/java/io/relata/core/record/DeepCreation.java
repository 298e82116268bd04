package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates a record together with records that point to it, and those that point to these: all of them or none, with
/// everything that speaks against any of them at once.
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

    /// A record with the records that were created to point to it, by the collection's name.
    public record Created(RecordData record, Map<Relationship, List<Created>> members) {}

    /// A record on its way.
    private static final class Node {
        /// Where it stands in what was sent, with a dot at the end; empty for the outermost.
        private final String path;
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
        private final Map<Relationship, List<Node>> members = new LinkedHashMap<>();
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
        if (root.members.isEmpty() && creation.violations.isEmpty()) {
            RecordInput input = input(root);
            return new Created(writer.save(tx, entity, input).data(), Map.of());
        }
        creation.save(entity, List.of(root), null);
        creation.saveMembers(List.of(root));
        if (!creation.violations.isEmpty()) {
            throw ProblemException.invalid(creation.violations);
        }
        return created(root);
    }

    private Node node(EntityDefinition entity, Map<?, ?> values, String path, int depth) {
        Node node = new Node(path);
        if (++records > MAX_RECORDS || depth > MAX_DEPTH) {
            throw ProblemException.invalid(
                    List.of(Violation.of(path.isEmpty() ? null : path, "deep-too-many", MAX_RECORDS, MAX_DEPTH)));
        }
        values.forEach((key, value) -> {
            String name = String.valueOf(key);
            Optional<Relationship> collection = tx.snapshot().relationshipTo(entity, name);
            if (collection.isPresent()) {
                node.members.put(collection.get(), members(collection.get(), value, path + name, depth));
            } else if (name.indexOf('@') < 0 || name.endsWith(Bindings.SUFFIX)) {
                node.values.put(name, value);
            }
        });
        return node;
    }

    private List<Node> members(Relationship collection, @Nullable Object value, String path, int depth) {
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
        Map<Relationship, List<Node>> byCollection = new LinkedHashMap<>();
        for (Node owner : owners) {
            UUID id = owner.saved == null ? UUID.randomUUID() : owner.saved.id();
            owner.members.forEach((collection, members) -> {
                members.forEach(member -> member.values.put(collection.lookup().property(), id.toString()));
                byCollection
                        .computeIfAbsent(collection, key -> new ArrayList<>())
                        .addAll(members);
            });
        }
        byCollection.forEach((collection, members) -> {
            save(
                    collection.from(),
                    members,
                    owners.stream().anyMatch(owner -> owner.saved == null) ? collection : null);
            saveMembers(members);
        });
    }

    /// Saves the records, or tries to, so that all is known that speaks against them.
    ///
    /// @param orphaning the collection whose owners may have been refused: that its members then point nowhere is not
    ///                  their fault
    private void save(EntityDefinition entity, List<Node> nodes, @Nullable Relationship orphaning) {
        List<RecordResult> results = writer.saveAll(
                tx, entity, nodes.stream().map(DeepCreation::input).toList());
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            switch (results.get(i)) {
                case RecordResult.Saved saved -> node.saved = saved.data();
                case RecordResult.Rejected rejected ->
                    rejected.violations().stream()
                            .filter(violation -> orphaning == null
                                    || !orphaning.lookup().property().equals(violation.field()))
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
        Map<Relationship, List<Created>> members = new LinkedHashMap<>();
        node.members.forEach((collection, nodes) -> members.put(
                collection, nodes.stream().map(DeepCreation::created).toList()));
        return new Created(Objects.requireNonNull(node.saved), members);
    }
}
