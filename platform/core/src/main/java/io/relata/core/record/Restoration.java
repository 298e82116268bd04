package io.relata.core.record;

import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.DeletionEffects.Effect;
import io.relata.core.record.DeletionEffects.Kind;
import io.relata.core.record.MoveGraph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// What a restoration brings back besides the records: what was deleted with them, and the links to them that were
/// cleared. A record that points to one that is still deleted does not come back pointing into the void.
final class Restoration implements Consequences {

    private final WriteTransaction tx;
    private final MoveGraph graph;
    private final Set<RecordRef> staying;
    private final Map<UUID, EntityDefinition> entities = new HashMap<>();
    private final List<Effect> cleared = new ArrayList<>();
    private final Map<RecordRef, Node> live = new HashMap<>();
    private final List<Dangling> dangling = new ArrayList<>();

    /// @param staying records that are not taken along, but come back later
    Restoration(WriteTransaction tx, MoveGraph graph, Set<RecordRef> staying) {
        this.tx = tx;
        this.staying = staying;
        this.graph = graph;
        tx.snapshot().entities().forEach(entity -> entities.put(entity.id(), entity));
    }

    /// A lookup of a record that comes back to one that is deleted, unless that one comes back with it.
    private record Dangling(RecordRef record, FieldDefinition lookup, RecordRef target) {}

    /// What stood under the record may stand above it by now: then it stays where it is.
    private boolean closesLoop(Node node, FieldDefinition lookup, UUID target) {
        return lookup.hierarchical()
                && !Hierarchies.looping(
                                tx, node.entity(), lookup, Map.of(node.record().id(), target))
                        .isEmpty();
    }

    private EntityDefinition entity(UUID id) {
        return Objects.requireNonNull(entities.get(id));
    }

    @Override
    public void find(List<Node> roots) {
        List<Node> level = roots;
        while (!level.isEmpty()) {
            Map<UUID, List<Effect>> taken = new LinkedHashMap<>();
            MoveGraph.byEntity(level).forEach((entity, records) -> find(entity, records, taken));
            List<Node> next = new ArrayList<>();
            taken.forEach((entity, effects) -> take(entity(entity), effects, next));
            level = next;
        }
        findCleared();
        findDangling();
    }

    private void find(EntityDefinition entity, List<RecordData> records, Map<UUID, List<Effect>> taken) {
        int most = MOST + 1 - graph.size() - cleared.size();
        List<Effect> effects =
                DeletionEffects.of(tx.sql(), tx.tenant(), entity.id(), MoveGraph.ids(records), Math.max(most, 1));
        for (Effect effect : effects) {
            if (!entities.containsKey(effect.record().entity()) || staying.contains(effect.record())) {
                continue;
            }
            if (effect.kind() == Kind.CLEARED) {
                cleared.add(effect);
            } else {
                taken.computeIfAbsent(effect.record().entity(), key -> new ArrayList<>())
                        .add(effect);
            }
        }
        if (effects.size() >= Math.max(most, 1)) {
            throw new TooManyException();
        }
    }

    private void take(EntityDefinition entity, List<Effect> effects, List<Node> next) {
        List<UUID> ids = effects.stream().map(effect -> effect.record().id()).toList();
        Map<UUID, RecordData> deleted =
                new RecordStore(entity).lockToMove(tx.sql(), tx.tenant(), ids, RecordColumns.DELETED);
        for (Effect effect : effects) {
            RecordData record = deleted.get(effect.record().id());
            if (record != null && graph.take(effect.cause(), new Node(entity, record))) {
                next.add(new Node(entity, record));
            }
        }
    }

    private void findCleared() {
        Map<UUID, Set<UUID>> ids = new LinkedHashMap<>();
        cleared.stream()
                .map(Effect::record)
                .filter(key -> !graph.contains(key))
                .forEach(key -> ids.computeIfAbsent(key.entity(), entity -> new LinkedHashSet<>())
                        .add(key.id()));
        ids.forEach((id, records) -> {
            EntityDefinition entity = entity(id);
            new RecordStore(entity)
                    .lockToChange(tx.sql(), tx.tenant(), records, RecordColumns.LIVE)
                    .values()
                    .forEach(record -> live.put(RecordRef.of(entity, record.id()), new Node(entity, record)));
        });
    }

    private void findDangling() {
        Map<EntityDefinition, Set<UUID>> wanted = new LinkedHashMap<>();
        List<Dangling> pointing = new ArrayList<>();
        graph.moving().forEach((entity, records) -> {
            for (FieldDefinition lookup : entity.fields()) {
                for (RecordData record : records) {
                    EntityDefinition target = PolymorphicReferences.target(tx.snapshot(), lookup, record.values())
                            .orElse(null);
                    if (target != null && record.value(lookup.name()) instanceof UUID id) {
                        wanted.computeIfAbsent(target, key -> new HashSet<>()).add(id);
                        pointing.add(new Dangling(RecordRef.of(entity, record.id()), lookup, RecordRef.of(target, id)));
                    }
                }
            }
        });
        Set<RecordRef> there = new HashSet<>();
        wanted.forEach((target, ids) -> References.records(tx.sql(), tx.tenant(), target, ids)
                .forEach(id -> there.add(RecordRef.of(target, id))));
        pointing.stream()
                .filter(one -> !there.contains(one.target()) && !staying.contains(one.target()))
                .forEach(dangling::add);
    }

    /// Each record that stays deleted can leave others pointing into the void.
    @Override
    public void settle() {
        boolean settled = false;
        while (!settled) {
            Set<RecordRef> moving = graph.keys();
            settled = true;
            for (Dangling one : dangling) {
                boolean blocks = one.lookup().onDelete() != DeleteBehaviour.CLEAR
                        && moving.contains(one.record())
                        && !moving.contains(one.target());
                if (blocks) {
                    hold(one);
                    settled = false;
                }
            }
        }
    }

    /// A record that was asked for is refused; one that would have come along waits for what it points to.
    private void hold(Dangling one) {
        if (graph.isRoot(one.record())) {
            String label = entity(one.target().entity()).label().in(tx.context().locale());
            graph.refuse(
                    one.record(),
                    ProblemException.invalid(
                            List.of(Violation.of(one.lookup().property(), "restore-parent-first", label))));
        } else {
            graph.leave(one.record());
        }
    }

    @Override
    public List<Effect> effects(Set<RecordRef> moving) {
        List<Effect> effects = new ArrayList<>();
        for (Dangling one : dangling) {
            if (!moving.contains(one.target())) {
                if (moving.contains(one.record())) {
                    effects.add(
                            new Effect(one.target(), one.record(), one.lookup().name(), Kind.CLEARED));
                } else if (graph.hasLeft(one.record())) {
                    effects.add(
                            new Effect(one.target(), one.record(), one.lookup().name(), Kind.DELETED));
                }
            }
        }
        return effects;
    }

    @Override
    public Links links(Set<RecordRef> moving, UnaryOperator<RecordData> moved) {
        Links links = new Links();
        Map<RecordRef, Node> records = new HashMap<>(live);
        graph.moving()
                .forEach((entity, group) -> group.forEach(record ->
                        records.put(RecordRef.of(entity, record.id()), new Node(entity, moved.apply(record)))));
        for (Dangling one : dangling) {
            Node node = records.get(one.record());
            if (node != null && moving.contains(one.record()) && !moving.contains(one.target())) {
                links.clear(node.entity(), node.record(), one.lookup());
            }
        }
        for (Effect effect : cleared) {
            Node node = records.get(effect.record());
            if (node != null && moving.contains(effect.cause())) {
                node.entity()
                        .field(effect.field())
                        .filter(lookup -> node.record().value(lookup.name()) == null)
                        .filter(lookup ->
                                !closesLoop(node, lookup, effect.cause().id()))
                        .ifPresent(lookup -> links.set(
                                node.entity(),
                                node.record(),
                                lookup,
                                effect.cause().id(),
                                entity(effect.cause().entity()).name()));
            }
        }
        return links;
    }
}
