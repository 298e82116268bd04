package io.relata.core.metadata;

import io.relata.core.metadata.RecordCondition.UnreadableException;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        active.forEach(one -> {
            concerns(one.children(), one);
            if (one.way() instanceof ActiveRollUp.Tied tied) {
                concerns(tied.link(), one);
            }
        });
    }

    private void concerns(EntityDefinition entity, ActiveRollUp one) {
        byChildren.computeIfAbsent(entity.name(), name -> new ArrayList<>()).add(one);
    }

    /// Returns the roll-ups that records of the entity count for, or tie others to.
    public List<ActiveRollUp> from(EntityDefinition entity) {
        return byChildren.getOrDefault(entity.name(), List.of());
    }

    /// Returns whether the entity has roll-ups over a hierarchy of its own.
    public boolean overTree(EntityDefinition entity) {
        return of(entity).stream().anyMatch(one -> one.way() instanceof ActiveRollUp.Under);
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
        ActiveRollUp.Way way = way(parent, children, rollUp).orElse(null);
        if (rollUp.tree() && (way == null || rollUp.through() != null)) {
            return wrong(parent, result, "tree", "roll-up-tree", rollUp.by(), parent.name());
        }
        if (rollUp.tree() && !rollUp.function().splits()) {
            return wrong(parent, result, "function", "roll-up-tree-function");
        }
        if (way == null) {
            return rollUp.through() == null
                    ? wrong(parent, result, "by", "roll-up-lookup", rollUp.by(), children.name(), parent.name())
                    : wrong(
                            parent,
                            result,
                            "through",
                            "roll-up-through",
                            rollUp.through(),
                            parent.name(),
                            children.name(),
                            rollUp.by());
        }
        FieldDefinition source = field(children, rollUp.field());
        if (rollUp.field() != null && (source == null || source.virtual())) {
            return wrong(parent, result, "field", "roll-up-field", rollUp.field(), children.name());
        }
        FieldDefinition order = field(children, rollUp.orderBy());
        if (rollUp.orderBy() != null && (order == null || order.type().isLong())) {
            return wrong(parent, result, "orderBy", "roll-up-field", rollUp.orderBy(), children.name());
        }
        if (rollUp.rateOn() != null && !saysTheDay(field(children, rollUp.rateOn()))) {
            return wrong(parent, result, "rateOn", "roll-up-rate-day", rollUp.rateOn(), children.name());
        }
        ActiveRollUp.Exchange exchange = exchange(children, rollUp, result, source);
        if (exchange == null && rollUp.rateOn() != null) {
            return wrong(parent, result, "rateOn", "roll-up-rate-none");
        }
        if (exchange != null && result.settings().get(Setting.CURRENCY_FIELD) != null) {
            return wrong(parent, result, "field", "roll-up-currency");
        }
        if (!fits(rollUp.function(), result, source, exchange != null)) {
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
                new ActiveRollUp(parent, result, children, way, rollUp.function(), source, filter, order, exchange, 0));
    }

    private Optional<ActiveRollUp.Way> way(EntityDefinition parent, EntityDefinition children, RollUp rollUp) {
        if (rollUp.tree()) {
            return lookup(children, rollUp.by(), parent)
                    .filter(lookup -> lookup.hierarchical() && children.name().equals(parent.name()))
                    .map(ActiveRollUp.Under::new);
        }
        if (rollUp.through() == null) {
            return lookup(children, rollUp.by(), parent).map(ActiveRollUp.Pointing::new);
        }
        EntityDefinition link = entities.get(rollUp.through());
        Link ends = link == null ? null : link.link();
        if (link == null || ends == null) {
            return Optional.empty();
        }
        boolean first = ends.one().lookup().equals(rollUp.by());
        Link.End near = first ? ends.one() : ends.other();
        Link.End far = first ? ends.other() : ends.one();
        return !near.lookup().equals(rollUp.by())
                ? Optional.empty()
                : lookup(link, near.lookup(), parent)
                        .flatMap(from ->
                                lookup(link, far.lookup(), children).map(to -> new ActiveRollUp.Tied(link, from, to)));
    }

    private static Optional<FieldDefinition> lookup(EntityDefinition entity, String name, EntityDefinition target) {
        return entity.field(name).filter(field -> field.targets().contains(target.name()));
    }

    private static @Nullable FieldDefinition field(EntityDefinition entity, @Nullable String name) {
        return name == null ? null : entity.field(name).orElse(null);
    }

    private static boolean saysTheDay(@Nullable FieldDefinition field) {
        return field != null
                && !field.virtual()
                && (field.kind() == ValueKind.DATE || field.kind() == ValueKind.INSTANT);
    }

    /// Returns how amounts are converted; `null` when they are all in the currency of the result.
    private static ActiveRollUp.@Nullable Exchange exchange(
            EntityDefinition children, RollUp rollUp, FieldDefinition result, @Nullable FieldDefinition source) {
        if (source == null
                || rollUp.function() == RollUp.Function.COUNT
                || !source.type().has(Setting.CURRENCY)
                || !result.type().has(Setting.CURRENCY)) {
            return null;
        }
        String from = source.settings().get(Setting.CURRENCY);
        String to = result.settings().get(Setting.CURRENCY);
        FieldDefinition currency = field(children, source.settings().get(Setting.CURRENCY_FIELD));
        return currency == null && Objects.equals(from, to)
                ? null
                : new ActiveRollUp.Exchange(currency, from, to, field(children, rollUp.rateOn()));
    }

    private static boolean fits(
            RollUp.Function function, FieldDefinition result, @Nullable FieldDefinition source, boolean converted) {
        ValueKind kind = result.kind();
        if (source == null) {
            return kind == ValueKind.INTEGER;
        }
        boolean same = source.kind() == kind
                && (converted || source.scale() == result.scale())
                && source.maxLength() <= result.maxLength();
        return switch (function) {
            case COUNT -> kind == ValueKind.INTEGER;
            case SUM -> same && (kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL);
            case AVG ->
                kind == ValueKind.DECIMAL && (source.kind() == ValueKind.INTEGER || source.kind() == ValueKind.DECIMAL);
            case MIN, MAX ->
                switch (kind) {
                    case INTEGER, DECIMAL, DATE, INSTANT -> same;
                    case STRING, BOOLEAN, UUID, LIST, POINT, OBJECT, SECRET -> false;
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
