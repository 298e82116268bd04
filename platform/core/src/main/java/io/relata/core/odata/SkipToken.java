package io.relata.core.odata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.Keyset;
import io.relata.core.query.Sort;
import io.relata.spi.CallContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where the next page begins, as the text in a link.
///
/// It holds the last record's sort values and a digest over them and the query, so that a token of another query or
/// tenant is refused. It is no secret and no right: whoever made one up would see what his own query shows him anyway.
final class SkipToken {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DIGEST_LENGTH = 12;

    private final List<Sort> sorts;
    private final String query;

    /// @param query everything that decides which records come in which order
    SkipToken(List<Sort> sorts, String query) {
        this.sorts = List.copyOf(sorts);
        this.query = query;
    }

    /// Returns everything that decides which records of the entity come in which order.
    static String query(CallContext context, EntityDefinition entity, QueryString query) {
        return String.join(
                "\n",
                context.tenant().toString(),
                entity.id().toString(),
                context.locale().getLanguage(),
                query.value(QueryOption.FILTER).orElse(""),
                query.value(QueryOption.APPLY).orElse(""),
                query.value(QueryOption.SEARCH).orElse(""),
                query.value(QueryOption.ORDERBY).orElse(""),
                query.aliases().toString());
    }

    /// Where the next page begins, and how many records the client would like on it.
    ///
    /// @param wished `null` when it did not say
    record Place(Keyset keyset, @Nullable Integer wished) {}

    String write(Place place) {
        Keyset keyset = place.keyset();
        List<@Nullable String> texts = new ArrayList<>();
        texts.add(place.wished() == null ? null : place.wished().toString());
        for (Object value : keyset.values()) {
            texts.add(value == null ? null : value.toString());
        }
        texts.add(keyset.id().toString());
        try {
            byte[] payload = JSON.writeValueAsBytes(texts);
            byte[] token = Arrays.copyOf(digest(payload), DIGEST_LENGTH + payload.length);
            System.arraycopy(payload, 0, token, DIGEST_LENGTH, payload.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException("Texts could not be written as JSON", exception);
        }
    }

    Place read(String text) {
        try {
            byte[] token = Base64.getUrlDecoder().decode(text);
            byte[] payload = Arrays.copyOfRange(token, DIGEST_LENGTH, token.length);
            if (!Arrays.equals(digest(payload), Arrays.copyOf(token, DIGEST_LENGTH))) {
                throw refusal();
            }
            return place(JSON.readValue(payload, String[].class));
        } catch (IllegalArgumentException
                | ArrayIndexOutOfBoundsException
                | DateTimeException
                | IOException exception) {
            throw refusal();
        }
    }

    private Place place(@Nullable String[] texts) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 1; i < texts.length - 1; i++) {
            values.add(sorts.get(i - 1).keyed(texts[i]));
        }
        String id = texts[texts.length - 1];
        if (id == null) {
            throw refusal();
        }
        Integer wished = texts[0] == null ? null : Integer.valueOf(texts[0]);
        return new Place(new Keyset(values, UUID.fromString(id)), wished);
    }

    private byte[] digest(byte[] payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(query.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return Arrays.copyOf(digest.digest(payload), DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("Every Java has SHA-256", exception);
        }
    }

    private static ProblemException refusal() {
        return Refusal.of("query-skiptoken");
    }
}
