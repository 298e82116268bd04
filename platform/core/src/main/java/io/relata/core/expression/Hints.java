package io.relata.core.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what somebody may have meant.
final class Hints {

    private Hints() {}

    /// Returns the name that is nearest, if one is near enough.
    static Optional<String> nearest(String written, Collection<String> names) {
        String wanted = bare(written);
        int reach = Math.max(1, (written.length() + 1) / 3);
        return names.stream()
                .filter(name -> distance(wanted, bare(name)) <= reach)
                .min(Comparator.comparingInt(name -> distance(wanted, bare(name))));
    }

    /// A tenant's own names are often written without their prefix.
    private static String bare(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("c_") ? lower.substring(2) : lower;
    }

    /// Returns how many letters must be changed, added or taken away.
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(changed, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[other.length()];
    }
}
