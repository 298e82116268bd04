package io.relata.core.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Keeps hierarchies free of loops: no record comes to stand under itself, whoever moves what at the same time.
final class Hierarchies {

    private static final Table<?> TURN = table(name("relata", "hierarchy_turn"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = field(name("entity_id"), UUID.class);
    private static final Field<Long> TURNS = field(name("turns"), Long.class);
    private static final String UP = "up";
    private static final Field<UUID> UP_ID = field(name(UP, "id"), UUID.class);
    private static final Field<UUID> UP_PARENT = field(name(UP, "parent"), UUID.class);
    private static final Field<Long> TAKEN = field(name("hierarchy_turn", "turns"), Long.class);

    private Hierarchies() {}

    /// Adds a violation for every draft that would stand under itself. A new record stands over nothing yet.
    static void check(WriteTransaction tx, EntityDefinition entity, List<RecordDraft> drafts) {
        for (FieldDefinition lookup : entity.fields()) {
            if (lookup.hierarchical()) {
                Map<UUID, UUID> moves = new LinkedHashMap<>();
                for (RecordDraft draft : drafts) {
                    if (!draft.isNew()
                            && draft.sound()
                            && draft.changed(lookup)
                            && draft.value(lookup) instanceof UUID parent) {
                        moves.put(draft.id(), parent);
                    }
                }
                Set<UUID> looping = looping(tx, entity, lookup, moves);
                drafts.stream()
                        .filter(draft -> looping.contains(draft.id()))
                        .forEach(draft -> draft.reject(lookup.property(), "hierarchy-loop"));
            }
        }
    }

    /// Returns which of the moves, taken one after the other, would close a loop. Nobody else moves records of the
    /// entity until the transaction ends.
    ///
    /// @param moves the new parent of each record that moves
    static Set<UUID> looping(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition lookup, Map<UUID, UUID> moves) {
        Set<UUID> looping = new HashSet<>();
        if (moves.isEmpty()) {
            return looping;
        }
        takeTurn(tx, entity);
        Set<UUID> starts = new HashSet<>(moves.keySet());
        starts.addAll(moves.values());
        Map<UUID, UUID> parents = above(tx, entity, lookup, starts);
        moves.forEach((id, parent) -> {
            if (leadsTo(parents, parent, id)) {
                looping.add(id);
            } else {
                parents.put(id, parent);
            }
        });
        return looping;
    }

    private static boolean leadsTo(Map<UUID, UUID> parents, UUID from, UUID to) {
        Set<UUID> seen = new HashSet<>();
        for (UUID at = from; at != null && seen.add(at); at = parents.get(at)) {
            if (at.equals(to)) {
                return true;
            }
        }
        return false;
    }

    /// Takes the turn of the entity before any of its records is locked, if what stands under what matters to its
    /// roll-ups: whoever adds to these waits here, and not half way.
    static void takeTurnForRollUps(WriteTransaction tx, EntityDefinition entity) {
        if (tx.snapshot().rollUps().overTree(entity)) {
            takeTurn(tx, entity);
        }
    }

    private static void takeTurn(WriteTransaction tx, EntityDefinition entity) {
        if (!tx.upkeep().takesTurn(entity)) {
            return;
        }
        tx.sql()
                .insertInto(TURN, TENANT, ENTITY, TURNS)
                .values(tx.tenant(), entity.id(), 1L)
                .onConflict(TENANT, ENTITY)
                .doUpdate()
                .set(TURNS, TAKEN.plus(1))
                .execute();
    }

    /// Returns the parents of the records and of all that stand above them.
    static Map<UUID, UUID> above(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition lookup, Set<UUID> starts) {
        Map<UUID, UUID> parents = new HashMap<>();
        tx.sql()
                .withRecursive(up(tx, entity, lookup, starts))
                .select(UP_ID, UP_PARENT)
                .from(table(name(UP)))
                .where(UP_PARENT.isNotNull())
                .forEach(row -> parents.put(row.value1(), row.value2()));
        return parents;
    }

    /// Returns a query for the records and all that stand above them.
    static Select<Record1<UUID>> chain(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition lookup, Set<UUID> starts) {
        return DSL.withRecursive(up(tx, entity, lookup, starts)).select(UP_ID).from(table(name(UP)));
    }

    private static CommonTableExpression<Record2<UUID, UUID>> up(
            WriteTransaction tx, EntityDefinition entity, FieldDefinition lookup, Set<UUID> starts) {
        RecordColumns first = RecordColumns.of(entity, "f");
        RecordColumns next = RecordColumns.of(entity, "n");
        return name(UP).fields("id", "parent")
                .as(DSL.select(first.id(), first.field(lookup).coerce(UUID.class))
                        .from(first.table())
                        .where(first.belongsTo(tx.tenant()))
                        .and(first.id().eq(DSL.any(starts.toArray(UUID[]::new))))
                        .union(DSL.select(next.id(), next.field(lookup).coerce(UUID.class))
                                .from(table(name(UP)))
                                .join(next.table())
                                .on(next.belongsTo(tx.tenant()).and(next.id().eq(UP_PARENT)))));
    }
}
