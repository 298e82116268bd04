package io.relata.core.search;

import io.relata.core.metadata.EntityDefinition;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a search asks of the index: worked out once, before the statements that need it.
///
/// @param alternatives the words of each
/// @param found        how rare they are; `null` when nobody counted
/// @param byName       the entities whose records are found by the words of their names only, because the caller may
///                     not read all that is searched; counted words and corrections would tell of the others
/// @param never        the entities whose records are not found at all, because not even the name may be read
public record SearchPlan(
        List<List<Need>> alternatives, @Nullable Found found, Set<UUID> byName, Set<UUID> never) {

    public SearchPlan {
        alternatives = alternatives.stream().map(List::copyOf).toList();
        byName = Set.copyOf(byName);
        never = Set.copyOf(never);
    }

    /// Returns the plan of a search that nobody asked the index about: any word may find the records.
    public static SearchPlan unplanned(Search search, Collection<EntityDefinition> entities) {
        return new SearchPlan(
                SearchPlanner.needs(search),
                null,
                ids(entities, SearchFields::partly),
                ids(entities, SearchFields::nameless));
    }

    private static Set<UUID> ids(Collection<EntityDefinition> entities, Predicate<EntityDefinition> which) {
        return entities.stream().filter(which).map(EntityDefinition::id).collect(Collectors.toSet());
    }

    /// Returns whether the words may stand in the name only.
    boolean byName(UUID entity) {
        return byName.contains(entity);
    }

    /// Returns the alternatives that some record of the entity can fulfil.
    List<List<Need>> possible(UUID entity) {
        if (never.contains(entity)) {
            return List.of();
        }
        return alternatives.stream()
                .filter(needs -> !needs.isEmpty() && (found == null || found.possible(entity, needs)))
                .toList();
    }

    /// Returns the word that the fewest records have; empty when all must be absent.
    Optional<Need> rarest(UUID entity, List<Need> needs) {
        return needs.stream().filter(need -> !need.absent()).min(Comparator.comparingInt(need -> most(entity, need)));
    }

    /// Returns at most how many have the word, as far as anybody counted.
    int most(UUID entity, Need need) {
        return found == null ? 0 : found.most(entity, need);
    }

    /// Returns the range of the form that holds the fewest.
    Form.Range rarest(UUID entity, Form form) {
        return found == null ? form.ranges().getFirst() : found.rarest(entity, form);
    }

    /// Returns whether some word was taken for another.
    boolean misspelt() {
        return alternatives.stream().flatMap(List::stream).anyMatch(Need::misspelt);
    }
}
