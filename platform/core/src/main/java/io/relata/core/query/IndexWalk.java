package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells whether a walk over one index gives a page's records in their order and no others: then no value makes another
/// plan better, and the one plan can be kept. Looking for the best plan costs more than such a page.
final class IndexWalk {

    private IndexWalk() {}

    /// Returns whether the query asks for equal values of fields and an order that one index holds together.
    static boolean answers(Query query) {
        Query.Selection selection = query.selection();
        Set<String> equal = new HashSet<>();
        return selection.search() == null
                && query.sort().size() <= 1
                && equalSlots(selection.filter(), equal)
                && order(query.sort())
                        .filter(order -> held(selection.entity(), equal, order))
                        .isPresent();
    }

    private static boolean held(EntityDefinition entity, Set<String> equal, List<String> order) {
        // A slot's own index has the id, too, and the ids have one.
        boolean own = equal.size() + order.size() <= 1
                && entity.fields().stream()
                        .filter(field -> !field.indexed())
                        .map(FieldDefinition::slot)
                        .noneMatch(slot -> slot != null && (equal.contains(slot) || order.contains(slot)));
        return own || entity.indexes().stream().anyMatch(slots -> held(slots, equal, order));
    }

    private static boolean held(List<String> slots, Set<String> equal, List<String> order) {
        int all = equal.size() + order.size();
        return slots.size() >= all
                && equal.equals(Set.copyOf(slots.subList(0, equal.size())))
                && order.equals(slots.subList(equal.size(), all))
                && (!order.isEmpty() || slots.size() == all);
    }

    /// Returns the slot that orders, none where the id does; nothing where something else orders.
    private static Optional<List<String>> order(List<Sort> sorts) {
        if (sorts.isEmpty()) {
            return Optional.of(List.of());
        }
        Value by = sorts.getFirst().by();
        if (by instanceof Value.Path path
                && path.direct()
                && path.property().name().equals(Property.OfRecord.ID)) {
            return Optional.of(List.of());
        }
        String slot = slot(by);
        boolean byPeople = by instanceof Value.Path read && read.property().readByPeople();
        return slot == null || byPeople ? Optional.empty() : Optional.of(List.of(slot));
    }

    /// Adds the slots of which the filter wants a value; says no where it wants more.
    private static boolean equalSlots(@Nullable Filter filter, Set<String> slots) {
        return switch (filter) {
            case null -> true;
            case Filter.And and -> and.parts().stream().allMatch(part -> equalSlots(part, slots));
            case Filter.Compare compare -> equalSlot(compare, slots);
            default -> false;
        };
    }

    private static boolean equalSlot(Filter.Compare compare, Set<String> slots) {
        boolean constant = compare.right() instanceof Value.Literal literal && literal.value() != null;
        String slot = slot(compare.left());
        return compare.operator() == Filter.Operator.EQUAL && constant && slot != null && slots.add(slot);
    }

    private static @Nullable String slot(Value value) {
        return value instanceof Value.Path path
                        && path.direct()
                        && path.property() instanceof Property.OfField of
                        && !of.field().virtual()
                ? of.field().slot()
                : null;
    }
}
