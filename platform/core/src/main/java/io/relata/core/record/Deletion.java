package io.relata.core.record;

import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.DeletionEffects.Effect;
import io.relata.core.record.DeletionEffects.Kind;
import io.relata.core.record.MoveGraph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.impl.DSL;

/// What a deletion does to the records that point to the deleted ones, as each relationship says. Found level by level,
/// a statement for each relationship and level, however many records there are.
final class Deletion implements Consequences {

    /// Of names in a refusal.
    private static final int NAMED = 5;

    /// Of times that the records left over are looked at again because others were refused.
    private static final int ROUNDS = 4;

    private final WriteTransaction tx;
    private final MoveGraph graph;
    private final Set<RecordRef> staying;
    private final Map<RecordRef, List<Effect>> effects = new LinkedHashMap<>();
    private final List<Pointing> pointing = new ArrayList<>();

    /// @param staying records that are not taken along, whatever they point to
    Deletion(WriteTransaction tx, MoveGraph graph, Set<RecordRef> staying) {
        this.tx = tx;
        this.graph = graph;
        this.staying = staying;
    }

    /// A record whose lookup points to one that goes.
    private record Pointing(RecordRef cause, Relationship by, RecordData record) {

        RecordRef ref() {
            return RecordRef.of(by.from(), record.id());
        }
    }

    @Override
    public void find(List<Node> roots) {
        List<Node> level = roots;
        while (!level.isEmpty()) {
            List<Node> next = new ArrayList<>();
            MoveGraph.byEntity(level).forEach((entity, records) -> {
                for (Relationship by : tx.snapshot().relationshipsTo(entity.name())) {
                    find(entity, records, by, next);
                }
            });
            level = next;
        }
    }

    private void find(EntityDefinition entity, List<RecordData> gone, Relationship by, List<Node> next) {
        if (by.onDelete() == DeleteBehaviour.RESTRICT) {
            return;
        }
        boolean cascade = by.onDelete() == DeleteBehaviour.CASCADE;
        int most = MOST + 1 - graph.size() - pointing.size();
        Pointers pointers = Pointers.of(tx, by, MoveGraph.ids(gone));
        for (RecordData record : cascade ? pointers.toMove(most) : pointers.toChange(most)) {
            RecordRef cause = RecordRef.of(entity, (UUID)
                    Objects.requireNonNull(record.value(by.lookup().name())));
            if (!cascade) {
                pointing.add(new Pointing(cause, by, record));
            } else if (!staying.contains(RecordRef.of(by.from(), record.id()))) {
                Node node = new Node(by.from(), record);
                effects.computeIfAbsent(cause, key -> new ArrayList<>())
                        .add(new Effect(cause, node.ref(), by.lookup().name(), Kind.DELETED));
                if (graph.take(cause, node)) {
                    next.add(node);
                }
            }
        }
        if (graph.size() + pointing.size() > MOST) {
            throw new TooManyException();
        }
    }

    /// A record that keeps another from being deleted does so unless it goes, too. Each refusal can leave further
    /// records in place, which then count.
    @Override
    public void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            int before = graph.refused().size();
            graph.moving().forEach(this::refuseRestricted);
            if (graph.refused().size() == before) {
                return;
            }
        }
        graph.moving()
                .forEach((entity, records) -> records.forEach(record -> graph.refuse(
                        RecordRef.of(entity, record.id()), ProblemException.of(ProblemCode.VALIDATION, "validation"))));
    }

    private void refuseRestricted(EntityDefinition entity, List<RecordData> records) {
        Map<UUID, List<Violation>> found = new LinkedHashMap<>();
        for (Relationship by : tx.snapshot().relationshipsTo(entity.name())) {
            if (by.onDelete() == DeleteBehaviour.RESTRICT) {
                restricting(by, records)
                        .forEach(row -> found.computeIfAbsent(row.value1(), id -> new ArrayList<>())
                                .add(Violation.of(
                                        null,
                                        "delete-restricted",
                                        row.value2(),
                                        by.from().pluralLabel().in(tx.context().locale()),
                                        by.lookup().label().in(tx.context().locale()),
                                        row.value3())));
            }
        }
        found.forEach((id, violations) -> graph.refuse(RecordRef.of(entity, id), ProblemException.invalid(violations)));
    }

    /// Returns for each record that is kept from going: how many point to it, and the names of some.
    private Result<Record3<UUID, Integer, String>> restricting(Relationship by, List<RecordData> records) {
        RecordColumns columns = RecordColumns.of(by.from());
        Field<UUID> lookup = columns.field(by.lookup()).coerce(UUID.class);
        UUID[] going = graph.keys().stream()
                .filter(key -> key.entity().equals(by.from().id()))
                .map(RecordRef::id)
                .toArray(UUID[]::new);
        Condition condition = Pointers.of(tx, by, MoveGraph.ids(records)).condition();
        if (going.length > 0) {
            condition = condition.and(columns.id().ne(DSL.all(going)));
        }
        Field<String> name = columns.field(
                        by.from().field(by.from().nameField()).orElseThrow())
                .coerce(String.class);
        Field<UUID> cause = lookup.as("cause");
        Field<String> shown = name.as("name");
        Field<Long> place = DSL.rowNumber()
                .over(DSL.partitionBy(lookup).orderBy(columns.id()))
                .cast(Long.class)
                .as("place");
        var all = tx.sql()
                .select(cause, shown, place)
                .from(columns.table())
                .where(condition)
                .asTable("r");
        Field<String> names = DSL.stringAgg(all.field(shown), ", ")
                .orderBy(all.field(place))
                .filterWhere(all.field(place).le((long) NAMED));
        return tx.sql()
                .select(all.field(cause), DSL.count(), names)
                .from(all)
                .groupBy(all.field(cause))
                .fetch();
    }

    @Override
    public List<Effect> effects(Set<RecordRef> moving) {
        List<Effect> written = new ArrayList<>();
        for (RecordRef key : moving) {
            effects.getOrDefault(key, List.of()).stream()
                    .filter(effect -> moving.contains(effect.record()))
                    .forEach(written::add);
        }
        for (Pointing one : pointing) {
            if (moving.contains(one.cause()) && !moving.contains(one.ref())) {
                written.add(new Effect(one.cause(), one.ref(), one.by().lookup().name(), Kind.CLEARED));
            }
        }
        return written;
    }

    @Override
    public Links links(Set<RecordRef> moving, UnaryOperator<RecordData> moved) {
        Links links = new Links();
        for (Pointing one : pointing) {
            if (moving.contains(one.cause()) && !moving.contains(one.ref())) {
                links.clear(one.by().from(), one.record(), one.by().lookup());
            }
        }
        return links;
    }
}
