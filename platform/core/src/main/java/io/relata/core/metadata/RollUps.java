package io.relata.core.metadata;

import io.relata.core.metadata.RecordCondition.UnreadableException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All roll-ups of a tenant, each behind those it is reckoned from. One that cannot be reckoned, because a definition
/// that it names is missing or wrong, is none, and says why.
public final class RollUps {

    private final List<ActiveRollUp> active = new ArrayList<>();
    private final Map<String, List<ActiveRollUp>> byChildren = new HashMap<>();
    private final Map<String, Violation> wrong = new LinkedHashMap<>();
    private final Map<String, EntityDefinition> entities = new HashMap<>();

    /// @param all the entities of the tenant
    public RollUps(Collection<EntityDefinition> all) {
        all.forEach(entity -> entities.put(entity.name(), entity));
        List<ActiveRollUp> found = new ArrayList<>();
        for (EntityDefinition entity : all) {
            for (FieldDefinition field : entity.fields()) {
                if (field.rollUp() != null) {
                    resolve(entity, field, field.rollUp()).ifPresent(found::add);
                }
            }
        }
        rank(found);
        active.sort(Comparator.comparingInt(ActiveRollUp::rank));
        active.forEach(one -> byChildren
                .computeIfAbsent(one.children().name(), name -> new ArrayList<>())
                .add(one));
    }

    /// Returns the roll-ups that records of the entity count for.
    public List<ActiveRollUp> from(EntityDefinition children) {
        return byChildren.getOrDefault(children.name(), List.of());
    }

    /// Returns the roll-ups that the entity has, each behind those it is reckoned from.
    public List<ActiveRollUp> of(EntityDefinition parent) {
        return active.stream()
                .filter(one -> one.parent().name().equals(parent.name()))
                .toList();
    }

    /// Returns all, each behind those it is reckoned from.
    public List<ActiveRollUp> all() {
        return List.copyOf(active);
    }

    public int greatestRank() {
        return active.isEmpty() ? -1 : active.getLast().rank();
    }

    /// Returns what is wrong with the entity's field as a roll-up, at the member of the definition.
    Optional<Violation> wrong(String entity, String field) {
        return Optional.ofNullable(wrong.get(entity + "." + field));
    }

    private Optional<ActiveRollUp> resolve(EntityDefinition parent, FieldDefinition result, RollUp rollUp) {
        EntityDefinition children = entities.get(rollUp.of());
        if (children == null) {
            return wrong(parent, result, "of", "target-unknown", rollUp.of());
        }
        FieldDefinition lookup = children.field(rollUp.by())
                .filter(field -> parent.name().equals(field.target()))
                .orElse(null);
        if (lookup == null) {
            return wrong(parent, result, "by", "roll-up-lookup", rollUp.by(), children.name(), parent.name());
        }
        FieldDefinition source = field(children, rollUp.field());
        if (rollUp.field() != null && (source == null || source.virtual())) {
            return wrong(parent, result, "field", "roll-up-field", rollUp.field(), children.name());
        }
        FieldDefinition order = field(children, rollUp.orderBy());
        if (rollUp.orderBy() != null && (order == null || order.type().isLong())) {
            return wrong(parent, result, "orderBy", "roll-up-field", rollUp.orderBy(), children.name());
        }
        if (!fits(rollUp.function(), result, source)) {
            return wrong(
                    parent,
                    result,
                    "function",
                    "roll-up-type",
                    rollUp.function().code());
        }
        RecordCondition filter = null;
        try {
            filter = rollUp.filter() == null ? null : RecordCondition.read(rollUp.filter(), children);
        } catch (UnreadableException unreadable) {
            return wrong(parent, result, "filter", "roll-up-filter", String.valueOf(unreadable.getMessage()));
        }
        return Optional.of(
                new ActiveRollUp(parent, result, children, lookup, rollUp.function(), source, filter, order, 0));
    }

    private static @Nullable FieldDefinition field(EntityDefinition entity, @Nullable String name) {
        return name == null ? null : entity.field(name).orElse(null);
    }

    private static boolean fits(RollUp.Function function, FieldDefinition result, @Nullable FieldDefinition source) {
        ValueKind kind = result.kind();
        if (source == null) {
            return kind == ValueKind.INTEGER;
        }
        boolean same =
                source.kind() == kind && source.scale() == result.scale() && source.maxLength() <= result.maxLength();
        return switch (function) {
            case COUNT -> kind == ValueKind.INTEGER;
            case SUM -> same && (kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL);
            case AVG ->
                kind == ValueKind.DECIMAL && (source.kind() == ValueKind.INTEGER || source.kind() == ValueKind.DECIMAL);
            case MIN, MAX ->
                switch (kind) {
                    case INTEGER, DECIMAL, DATE, INSTANT -> same;
                    case STRING, BOOLEAN, UUID, LIST, POINT, OBJECT -> false;
                };
            case FIRST, LAST ->
                same && !result.type().isLookup() && !source.type().isLong();
        };
    }

    private Optional<ActiveRollUp> wrong(
            EntityDefinition entity, FieldDefinition field, String member, String code, Object... arguments) {
        wrong.put(entity.name() + "." + field.name(), Violation.of("rollUp." + member, code, arguments));
        return Optional.empty();
    }

    /// Puts each roll-up behind those it is reckoned from; what is reckoned from itself is left over.
    private void rank(List<ActiveRollUp> found) {
        List<ActiveRollUp> open = new ArrayList<>(found);
        for (int rank = 0; !open.isEmpty(); rank++) {
            int level = rank;
            List<ActiveRollUp> ready = open.stream()
                    .filter(one -> open.stream().noneMatch(other -> one.dependsOn(other.parent(), other.result())))
                    .toList();
            if (ready.isEmpty()) {
                open.forEach(one -> wrong(one.parent(), one.result(), "of", "roll-up-circle"));
                return;
            }
            ready.forEach(one -> active.add(one.ranked(level)));
            open.removeAll(ready);
        }
    }
}
