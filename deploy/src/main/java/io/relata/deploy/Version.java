package io.relata.deploy;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version's numbers, enough to tell newer from older.
record Version(int major, int minor, int patch) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?.*");

    static Version of(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.matches()) {
            return new Version(0, 0, 0);
        }
        return new Version(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    boolean isNewerThan(Version other) {
        return Arrays.compare(new int[] {major, minor, patch}, new int[] {other.major, other.minor, other.patch}) > 0;
    }
}
