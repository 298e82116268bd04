package io.relata.core.imports;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Guesses which field a column fills from their names: the field's own, its labels in every language, and the
/// labels of what a lookup points to.
final class MappingSuggester {

    private static final double LIKE_ENOUGH = 0.6;

    private MappingSuggester() {}

    private record Guess(String column, FieldDefinition field, double likeness) {}

    /// Returns a field for each column that has a name like one, each field once, in the columns' order.
    static Map<String, FieldDefinition> suggest(
            EntityDefinition entity, MetadataSnapshot snapshot, List<String> header) {
        List<Guess> guesses = new ArrayList<>();
        for (String column : header) {
            for (FieldDefinition field : entity.fields()) {
                double likeness = likeness(column, field, entity, snapshot);
                if (!field.readOnly() && likeness >= LIKE_ENOUGH) {
                    guesses.add(new Guess(column, field, likeness));
                }
            }
        }
        guesses.sort(Comparator.comparingDouble(Guess::likeness).reversed());
        Map<String, FieldDefinition> chosen = new LinkedHashMap<>();
        Set<FieldDefinition> used = new HashSet<>();
        for (Guess guess : guesses) {
            if (!chosen.containsKey(guess.column()) && used.add(guess.field())) {
                chosen.put(guess.column(), guess.field());
            }
        }
        Map<String, FieldDefinition> ordered = new LinkedHashMap<>();
        header.stream().filter(chosen::containsKey).forEach(column -> ordered.put(column, chosen.get(column)));
        return ordered;
    }

    /// Returns the field that should name records: a unique one, else the name itself.
    static Optional<FieldDefinition> key(EntityDefinition entity, Collection<FieldDefinition> mapped) {
        return mapped.stream()
                .filter(FieldDefinition::unique)
                .findFirst()
                .or(() -> mapped.stream()
                        .filter(field -> field.name().equals(entity.nameField()))
                        .findFirst());
    }

    private static double likeness(
            String column, FieldDefinition field, EntityDefinition entity, MetadataSnapshot snapshot) {
        String same = String.join("", words(column));
        if (aliases(field, entity).stream()
                .anyMatch(alias -> String.join("", words(alias)).equals(same))) {
            return 1;
        }
        return names(field, snapshot).stream()
                .mapToDouble(name -> likeness(column, name))
                .max()
                .orElse(0);
    }

    private static Set<String> names(FieldDefinition field, MetadataSnapshot snapshot) {
        Set<String> names = new HashSet<>(field.label().texts().values());
        names.add(field.name());
        Optional.ofNullable(field.target())
                .flatMap(snapshot::entity)
                .ifPresent(target -> names.addAll(target.label().texts().values()));
        return names;
    }

    /// Names that mean the field only when they are the column's whole name.
    private static Set<String> aliases(FieldDefinition field, EntityDefinition entity) {
        Set<String> aliases = new HashSet<>();
        if (field.name().equals(entity.nameField())) {
            aliases.add(entity.name());
            aliases.addAll(entity.label().texts().values());
        }
        if (field.unique()) {
            aliases.add("id");
            aliases.add(entity.name() + "Id");
        }
        return aliases;
    }

    /// 1 for the same words, less for one within the other, else by how many characters differ.
    private static double likeness(String column, String name) {
        List<String> left = words(column);
        List<String> right = words(name);
        String leftText = String.join("", left);
        String rightText = String.join("", right);
        if (leftText.isEmpty() || rightText.isEmpty()) {
            return 0;
        }
        if (leftText.equals(rightText)) {
            return 1;
        }
        if (left.containsAll(right) || right.containsAll(left)) {
            return 0.65 + 0.3 * Math.min(left.size(), right.size()) / Math.max(left.size(), right.size());
        }
        int longer = Math.max(leftText.length(), rightText.length());
        double same = 1 - (double) distance(leftText, rightText) / longer;
        return same >= 0.75 ? 0.9 * same : 0;
    }

    /// Cuts `sales_agent`, `salesAgent` and `Sales agent` into the same words.
    private static List<String> words(String name) {
        String spaced = name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toLowerCase(Locale.ROOT);
        List<String> words = new ArrayList<>();
        for (String word : spaced.split("[^\\p{L}\\p{N}]+", 0)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /// How many characters to change, add or remove.
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
