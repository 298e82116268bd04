package io.relata.core.search;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How much of the index the ranges of some words hold, in each entity: exact up to a cap.
final class Found {

    private final Map<UUID, Map<Form.Range, Integer>> counts = new HashMap<>();

    void add(UUID entity, Form.Range range, int count) {
        counts.computeIfAbsent(entity, id -> new HashMap<>()).put(range, count);
    }

    void addAll(Found other) {
        other.counts.forEach((entity, ranges) ->
                counts.computeIfAbsent(entity, id -> new HashMap<>()).putAll(ranges));
    }

    private int count(UUID entity, Form.Range range) {
        return counts.getOrDefault(entity, Map.of()).getOrDefault(range, 0);
    }

    /// Returns the range of the form that holds the fewest.
    Form.Range rarest(UUID entity, Form form) {
        return form.ranges().stream()
                .min(Comparator.comparingInt(range -> count(entity, range)))
                .orElseThrow();
    }

    /// Returns at most how many have the word.
    int most(UUID entity, Need need) {
        return need.forms().stream()
                .mapToInt(form -> count(entity, rarest(entity, form)))
                .sum();
    }

    boolean nowhere(Need need) {
        return counts.keySet().stream().allMatch(entity -> most(entity, need) == 0);
    }

    /// Returns whether some record of the entity can have all the words.
    boolean possible(UUID entity, List<Need> needs) {
        return needs.stream().allMatch(need -> need.absent() || most(entity, need) > 0);
    }
}
