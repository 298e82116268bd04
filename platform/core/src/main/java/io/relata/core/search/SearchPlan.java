package io.relata.core.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a search asks of the index: worked out once, before the statements that need it.
///
/// @param alternatives the words of each
/// @param found        how rare they are; `null` when nobody counted
public record SearchPlan(
        List<List<Need>> alternatives, @Nullable Found found) {

    public SearchPlan {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /// Returns the plan of a search that nobody asked the index about: any word may find the records.
    public static SearchPlan unplanned(Search search) {
        return new SearchPlan(SearchPlanner.needs(search), null);
    }

    /// Returns the alternatives that some record of the entity can fulfil.
    List<List<Need>> possible(UUID entity) {
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
