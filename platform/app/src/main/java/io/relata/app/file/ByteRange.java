package io.relata.app.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A stretch of a file's bytes, first and last included.
///
/// @param whole whether the caller asked for no stretch
record ByteRange(long first, long last, boolean whole) {

    private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    long length() {
        return last - first + 1;
    }

    /// Returns what the header asks for: the whole file where it says nothing that is understood, as several stretches;
    /// nothing where the file has no such bytes.
    static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header.strip());
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return Optional.of(new ByteRange(0, size - 1, true));
        }
        if (one.group(1).isEmpty()) {
            long last = Long.parseLong(one.group(2));
            return last == 0 || size == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(Math.max(0, size - last), size - 1, false));
        }
        long first = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(one.group(2)), size - 1);
        return first >= size || first > last ? Optional.empty() : Optional.of(new ByteRange(first, last, false));
    }
}
