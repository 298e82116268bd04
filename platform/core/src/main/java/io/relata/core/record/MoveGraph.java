package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The records that move together: those that were asked for, and those that they take along, however they hang
/// together. A refusal of one refuses whatever would take it along.
final class MoveGraph {

    private final Map<RecordRef, Node> nodes = new LinkedHashMap<>();
    private final Map<RecordRef, List<RecordRef>> taken = new HashMap<>();
    private final Map<RecordRef, List<RecordRef>> takers = new HashMap<>();
    private final Set<RecordRef> roots = new LinkedHashSet<>();
    private final Map<RecordRef, ProblemException> refused = new HashMap<>();
    private final Set<RecordRef> left = new HashSet<>();

    /// A record that moves.
    record Node(EntityDefinition entity, RecordData record) {

        RecordRef ref() {
            return RecordRef.of(entity, record.id());
        }
    }

    /// Adds a record that was asked for.
    void root(EntityDefinition entity, RecordData record) {
        Node node = new Node(entity, record);
        nodes.put(node.ref(), node);
        roots.add(node.ref());
    }

    /// Adds a record that another takes along; returns whether it is new.
    boolean take(RecordRef taker, Node node) {
        taken.computeIfAbsent(taker, key -> new ArrayList<>()).add(node.ref());
        takers.computeIfAbsent(node.ref(), key -> new ArrayList<>()).add(taker);
        return nodes.putIfAbsent(node.ref(), node) == null;
    }

    /// Returns all records that were added so far.
    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    boolean contains(RecordRef key) {
        return nodes.containsKey(key);
    }

    boolean isRoot(RecordRef key) {
        return roots.contains(key);
    }

    /// Leaves a record behind that would have been taken along.
    void leave(RecordRef key) {
        left.add(key);
    }

    boolean hasLeft(RecordRef key) {
        return left.contains(key);
    }

    /// Returns how many are taken along.
    int size() {
        return nodes.size() - roots.size();
    }

    /// Refuses the record, and with it all that would take it along.
    void refuse(RecordRef key, ProblemException why) {
        for (RecordRef reached : reachable(List.of(key), takers)) {
            if (roots.contains(reached)) {
                refused.putIfAbsent(reached, why);
            }
        }
    }

    Map<RecordRef, ProblemException> refused() {
        return refused;
    }

    /// Returns the records that move as it stands, by entity.
    Map<EntityDefinition, List<RecordData>> moving() {
        Map<EntityDefinition, List<RecordData>> groups = new LinkedHashMap<>();
        for (RecordRef key : keys()) {
            Node node = nodes.get(key);
            if (node != null) {
                groups.computeIfAbsent(node.entity(), entity -> new ArrayList<>())
                        .add(node.record());
            }
        }
        return groups;
    }

    /// Returns which records move as it stands.
    Set<RecordRef> keys() {
        List<RecordRef> sound =
                roots.stream().filter(root -> !refused.containsKey(root)).toList();
        return left.isEmpty() ? reachable(sound, taken) : reachableWithout(sound);
    }

    private Set<RecordRef> reachableWithout(List<RecordRef> sound) {
        Map<RecordRef, List<RecordRef>> edges = new HashMap<>();
        taken.forEach((taker, others) -> edges.put(
                taker, others.stream().filter(other -> !left.contains(other)).toList()));
        return reachable(sound, edges);
    }

    private static Set<RecordRef> reachable(Collection<RecordRef> from, Map<RecordRef, List<RecordRef>> edges) {
        Set<RecordRef> reached = new LinkedHashSet<>(from);
        Deque<RecordRef> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (RecordRef next : edges.getOrDefault(open.remove(), List.of())) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    /// Groups records by their entities.
    static Map<EntityDefinition, List<RecordData>> byEntity(Collection<Node> nodes) {
        Map<EntityDefinition, List<RecordData>> groups = new LinkedHashMap<>();
        nodes.forEach(node -> groups.computeIfAbsent(node.entity(), entity -> new ArrayList<>())
                .add(node.record()));
        return groups;
    }

    /// Returns the ids of the records, whatever their order.
    static UUID[] ids(Collection<RecordData> records) {
        Set<UUID> ids = new HashSet<>();
        records.forEach(record -> ids.add(record.id()));
        return ids.toArray(UUID[]::new);
    }
}
