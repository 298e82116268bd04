package io.relata.core.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How Chinese names are read aloud, as people type them: `重庆` is `chongqing`, and who does not think of the city
/// types `zhongqing`.
///
/// ICU knows readings that depend on the neighbour; asking it for pairs and keeping the answers costs a hundredth of
/// asking it for every name.
final class Pinyin {

    private static final Transliterator READING = Transliterator.getInstance("Han-Latin");
    private static final Transliterator SURNAME = Transliterator.getInstance("Han-Latin/Names");
    private static final int MOST_KEPT = 100_000;

    /// A person's name is no longer.
    private static final int LONGEST_NAME = 4;

    private static final Cache<String, List<String>> READINGS =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
    private static final Cache<String, List<String>> SURNAMES =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private Pinyin() {}

    /// Returns the ways to read a run, each as its syllables; empty when it is not all Chinese.
    static Set<List<String>> readings(String run) {
        List<String> characters = run.codePoints().mapToObj(Character::toString).toList();
        Set<List<String>> readings = new LinkedHashSet<>();
        if (run.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) != Character.UnicodeScript.HAN)) {
            return readings;
        }
        List<String> single = new ArrayList<>();
        characters.forEach(character -> single.add(reading(character).getFirst()));
        List<String> inContext = inContext(characters, single);
        readings.add(inContext);
        readings.add(single);
        if (characters.size() <= LONGEST_NAME) {
            List<String> ofPerson = new ArrayList<>(inContext);
            ofPerson.set(
                    0,
                    SURNAMES.get(characters.getFirst(), c -> syllables(SURNAME, c))
                            .getFirst());
            readings.add(ofPerson);
        }
        withoutUmlaut(readings);
        return readings;
    }

    private static List<String> inContext(List<String> characters, List<String> single) {
        List<String> syllables = new ArrayList<>(single);
        for (int i = 0; i + 1 < characters.size(); i++) {
            List<String> pair = reading(characters.get(i) + characters.get(i + 1));
            for (int j = 0; j < 2 && pair.size() == 2; j++) {
                if (!pair.get(j).equals(single.get(i + j))) {
                    syllables.set(i + j, pair.get(j));
                }
            }
        }
        return syllables;
    }

    private static List<String> reading(String characters) {
        return READINGS.get(characters, run -> syllables(READING, run));
    }

    private static List<String> syllables(Transliterator transliterator, String run) {
        String spoken = transliterator.transliterate(run).replace('ü', 'v').replaceAll("[ǖǘǚǜ]", "v");
        String plain = Normalizer.normalize(spoken, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return List.of(plain.strip().split("\\s+"));
    }

    /// `lü` is typed as `lv`, or as `lu` by who does not know.
    private static void withoutUmlaut(Set<List<String>> readings) {
        for (List<String> reading : List.copyOf(readings)) {
            if (reading.stream().anyMatch(syllable -> syllable.indexOf('v') >= 0)) {
                readings.add(reading.stream()
                        .map(syllable -> syllable.replace('v', 'u'))
                        .toList());
            }
        }
    }
}
