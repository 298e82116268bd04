package io.relata.core.odata;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The query part of an address, decoded and held to limits before anything parses it.
final class QueryString {

    /// What the link to the next page says anew.
    private static final Set<QueryOption> OF_ONE_PAGE =
            EnumSet.of(QueryOption.SKIPTOKEN, QueryOption.SKIP, QueryOption.TOP);

    private final Map<QueryOption, String> options = new EnumMap<>(QueryOption.class);
    private final Map<String, String> aliases = new TreeMap<>();
    private final List<String> kept = new ArrayList<>();

    private QueryString() {}

    static QueryString parse(@Nullable String raw, Set<QueryOption> allowed, int maxLength) {
        QueryString query = new QueryString();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        if (raw.length() > maxLength) {
            throw Refusal.of("query-too-long", maxLength);
        }
        for (String part : raw.split("&", -1)) {
            if (!part.isEmpty()) {
                query.add(part, allowed);
            }
        }
        return query;
    }

    /// Returns a query with these options, not yet encoded.
    static QueryString of(Map<QueryOption, String> options, Map<String, String> aliases) {
        QueryString query = new QueryString();
        query.options.putAll(options);
        query.aliases.putAll(aliases);
        options.forEach((option, value) -> query.kept.add(option.text() + "=" + encode(value)));
        aliases.forEach((name, value) -> query.kept.add(name + "=" + encode(value)));
        return query;
    }

    /// Returns this query with another value for an option.
    QueryString with(QueryOption option, String value) {
        Map<QueryOption, String> all = new EnumMap<>(options);
        all.put(option, value);
        return of(all, aliases);
    }

    /// Returns what the names that begin with `@` stand for.
    Map<String, String> aliases() {
        return aliases;
    }

    Optional<String> value(QueryOption option) {
        return Optional.ofNullable(options.get(option));
    }

    boolean has(QueryOption option) {
        return options.containsKey(option);
    }

    /// Returns the query as it was sent, but with this token.
    ///
    /// @param top how many records are still wanted; `null` for all
    String withToken(String token, @Nullable Integer top) {
        List<String> parts = new ArrayList<>(kept);
        if (top != null) {
            parts.add(QueryOption.TOP.text() + "=" + top);
        }
        parts.add(QueryOption.SKIPTOKEN.text() + "=" + token);
        return String.join("&", parts);
    }

    private void add(String part, Set<QueryOption> allowed) {
        int equals = part.indexOf('=');
        String name = decode(equals < 0 ? part : part.substring(0, equals));
        if (name.startsWith("@")) {
            aliases.put(name, equals < 0 ? "" : decode(part.substring(equals + 1)));
        }
        if (!name.startsWith("$")) {
            kept.add(part);
            return;
        }
        QueryOption option = QueryOption.of(name)
                .filter(allowed::contains)
                .orElseThrow(() -> Refusal.of("query-option-unknown", name));
        String value = equals < 0 ? "" : decode(part.substring(equals + 1));
        check(option, value);
        if (options.put(option, value) != null) {
            throw Refusal.of("query-option-repeated", option);
        }
        if (!OF_ONE_PAGE.contains(option)) {
            kept.add(part);
        }
    }

    /// The database has no text with this character in it.
    static void check(QueryOption option, String value) {
        int nul = value.indexOf(0);
        if (nul >= 0) {
            throw Refusal.placed("query-character", option, nul + 1);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Decodes as browsers encode: `+` is a space.
    private static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (character == '%') {
                bytes.write(hex(encoded, i + 1) * 16 + hex(encoded, i + 2));
                i += 2;
            } else if (character == '+') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(encodedCharacter(encoded, i));
                i += Character.isHighSurrogate(character) ? 1 : 0;
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static byte[] encodedCharacter(String text, int index) {
        return Character.toString(text.codePointAt(index)).getBytes(StandardCharsets.UTF_8);
    }

    private static int hex(String text, int index) {
        int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0) {
            throw Refusal.of("query-encoding");
        }
        return digit;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException exception) {
            throw Refusal.of("query-encoding");
        }
    }
}
