package io.relata.core.record;

import io.relata.core.audit.AuditEntry;
import io.relata.core.audit.AuditTrail;
import io.relata.core.metadata.DeleteBehaviour;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.record.DeletionEffects.Effect;
import io.relata.core.record.DeletionEffects.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Moves a record that takes more along than one transaction should: a part in each, the outermost records first, the
/// record itself with the last part. Whatever fits together moves as [RecordMoves] has it.
final class MoveInParts {

    private static final int TOGETHER = 500;

    private final WriteTransaction tx;
    private final Move move;
    private final Instant now;
    private final AuditTrail trail;
    private final RecordIndex index;

    MoveInParts(WriteTransaction tx, Move move, Instant now, AuditTrail trail, RecordIndex index) {
        this.tx = tx;
        this.move = move;
        this.now = now;
        this.trail = trail;
        this.index = index;
    }

    /// What a part has done.
    ///
    /// @param ids     what moved in one go; empty when lookups were changed
    /// @param results of these
    /// @param moved   how many moved, with those that were taken along
    /// @param changed how many lookups were changed
    private record Part(EntityDefinition entity, List<UUID> ids, List<RecordResult> results, int moved, int changed) {}

    /// How a lookup leads from records to the one that takes them along.
    private record Taken(RecordRef cause, String field) {}

    MovePart next(EntityDefinition entity, UUID id) {
        Part part = part(entity, List.of(id), Set.of(), null);
        RecordResult refused = part.results().stream()
                .filter(RecordResult.Rejected.class::isInstance)
                .findFirst()
                .orElse(null);
        boolean whole = part.entity().equals(entity) && part.ids().equals(List.of(id));
        RecordResult result = whole ? part.results().getFirst() : refused;
        return new MovePart(result, part.moved(), part.changed());
    }

    private Part part(EntityDefinition entity, List<UUID> ids, Set<RecordRef> path, @Nullable Taken taken) {
        try {
            List<RecordTarget> targets =
                    ids.stream().map(id -> RecordTarget.of(id, null)).toList();
            RecordMoves moves = new RecordMoves(tx, entity, move, now, path);
            List<RecordResult> results = moves.run(targets, trail, index);
            if (taken != null && move == Move.DELETE) {
                remember(entity, ids, results, taken);
            }
            return new Part(entity, ids, results, moves.moved(), 0);
        } catch (Consequences.TooManyException tooMany) {
            if (ids.size() > 1) {
                return part(entity, ids.subList(0, ids.size() / 2), path, taken);
            }
            Set<RecordRef> further = new HashSet<>(path);
            further.add(RecordRef.of(entity, ids.getFirst()));
            return move == Move.DELETE
                    ? deleteInside(entity, ids.getFirst(), further)
                    : restoreInside(entity, ids.getFirst(), further);
        }
    }

    private void remember(EntityDefinition entity, List<UUID> ids, List<RecordResult> results, Taken taken) {
        List<Effect> effects = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (results.get(i) instanceof RecordResult.Saved) {
                effects.add(new Effect(taken.cause(), RecordRef.of(entity, ids.get(i)), taken.field(), Kind.DELETED));
            }
        }
        DeletionEffects.write(tx.sql(), tx.tenant(), effects);
    }

    private Part deleteInside(EntityDefinition entity, UUID id, Set<RecordRef> path) {
        RecordRef cause = RecordRef.of(entity, id);
        for (Relationship by : tx.snapshot().relationshipsTo(entity.name())) {
            if (by.onDelete() == DeleteBehaviour.CASCADE) {
                List<UUID> ids = Pointers.of(tx, by, new UUID[] {id}).ids(TOGETHER).stream()
                        .filter(other -> !path.contains(RecordRef.of(by.from(), other)))
                        .toList();
                if (!ids.isEmpty()) {
                    return part(
                            by.from(), ids, path, new Taken(cause, by.lookup().name()));
                }
            }
        }
        return clear(entity, id, cause);
    }

    private Part clear(EntityDefinition entity, UUID id, RecordRef cause) {
        Links links = new Links();
        List<Effect> effects = new ArrayList<>();
        for (Relationship by : tx.snapshot().relationshipsTo(entity.name())) {
            if (by.onDelete() == DeleteBehaviour.CLEAR && effects.size() < TOGETHER) {
                for (RecordData record : Pointers.of(tx, by, new UUID[] {id}).toChange(TOGETHER)) {
                    links.clear(by.from(), record, by.lookup());
                    effects.add(new Effect(
                            cause,
                            RecordRef.of(by.from(), record.id()),
                            by.lookup().name(),
                            Kind.CLEARED));
                }
            }
        }
        DeletionEffects.write(tx.sql(), tx.tenant(), effects);
        return changed(entity, links);
    }

    private Part restoreInside(EntityDefinition entity, UUID id, Set<RecordRef> path) {
        Map<UUID, EntityDefinition> entities = new HashMap<>();
        tx.snapshot().entities().forEach(known -> entities.put(known.id(), known));
        List<Effect> effects =
                DeletionEffects.of(tx.sql(), tx.tenant(), entity.id(), new UUID[] {id}, TOGETHER).stream()
                        .filter(effect -> !path.contains(effect.record()))
                        .toList();
        RecordRef first = effects.getFirst().record();
        Kind kind = effects.getFirst().kind();
        List<Effect> alike = effects.stream()
                .filter(effect -> effect.record().entity().equals(first.entity()) && effect.kind() == kind)
                .toList();
        EntityDefinition other = entities.get(first.entity());
        if (other == null) {
            DeletionEffects.forget(tx.sql(), tx.tenant(), alike);
            return new Part(entity, List.of(), List.of(), 0, 0);
        }
        if (kind == Kind.CLEARED) {
            DeletionEffects.forget(tx.sql(), tx.tenant(), alike);
            return fill(other, alike, id, entity.name());
        }
        List<UUID> ids =
                alike.stream().map(effect -> effect.record().id()).distinct().toList();
        Part part = part(other, ids, path, null);
        Set<UUID> done = part.entity().equals(other) ? new HashSet<>(part.ids()) : Set.of();
        DeletionEffects.forget(
                tx.sql(),
                tx.tenant(),
                alike.stream()
                        .filter(effect -> done.contains(effect.record().id()))
                        .toList());
        return part;
    }

    private Part fill(EntityDefinition entity, List<Effect> effects, UUID target, String of) {
        List<UUID> ids = effects.stream().map(effect -> effect.record().id()).toList();
        Map<UUID, RecordData> live =
                new RecordStore(entity).lockToChange(tx.sql(), tx.tenant(), ids, RecordColumns.LIVE);
        Links links = new Links();
        for (Effect effect : effects) {
            RecordData record = live.get(effect.record().id());
            if (record != null) {
                entity.field(effect.field())
                        .filter(lookup -> record.value(lookup.name()) == null)
                        .ifPresent(lookup -> links.set(entity, Objects.requireNonNull(record), lookup, target, of));
            }
        }
        return changed(entity, links);
    }

    private Part changed(EntityDefinition entity, Links links) {
        List<AuditEntry> entries = links.write(tx, now);
        trail.write(tx.sql(), tx.context(), entries);
        return new Part(entity, List.of(), List.of(), 0, entries.size());
    }
}
