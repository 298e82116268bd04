package io.relata.core.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.LocalizedText;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// A consent as it is sent, with everything that is wrong with it.
record ConsentInput(
        ConsentPurpose purpose,
        ConsentEntry.State state,
        Instant at,
        ConsentEntry.Way way,
        @Nullable Integer textVersion,
        @Nullable String language,
        @Nullable String shown,
        @Nullable String source,
        @Nullable String address) {

    private static final int LONGEST = 500;

    /// @throws ProblemException VALIDATION with every violation
    static ConsentInput read(DSLContext sql, CallContext context, JsonNode body, Instant now) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput input = new DefinitionInput(body, "", violations);
        String code = input.text("purpose");
        ConsentPurpose purpose = ConsentPurposes.list(sql, context.tenant(), ConsentTables.CODE.eq(code)).stream()
                .findFirst()
                .orElse(null);
        if (purpose == null && !code.isEmpty()) {
            input.reject("purpose", "consent-purpose-unknown", code);
        }
        String said = input.text("state");
        ConsentEntry.State state = Arrays.stream(ConsentEntry.State.values())
                .filter(one -> one.code().equals(said))
                .findFirst()
                .orElse(null);
        if (state == null && !said.isEmpty()) {
            input.reject("state", "consent-state");
        }
        if (state == ConsentEntry.State.GIVEN && purpose != null && !purpose.active()) {
            input.reject("purpose", "consent-purpose-ended", code);
        }
        Instant at = at(input, now);
        ConsentEntry.Way way = way(input, context.origin());
        ConsentText text = text(sql, context, input, purpose, state);
        String language = language(input, context, text);
        String source = input.optionalText("source");
        if (source != null && source.strip().length() > LONGEST) {
            input.reject("source", "too-long", LONGEST);
        }
        String address = address(input);
        input.done();
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return new ConsentInput(
                Objects.requireNonNull(purpose),
                Objects.requireNonNull(state),
                at,
                way,
                text == null ? null : text.version(),
                language,
                text == null || language == null
                        ? null
                        : ConsentText.hash(
                                Objects.requireNonNull(text.texts().texts().get(language))),
                source == null ? null : source.strip(),
                address);
    }

    private static Instant at(DefinitionInput input, Instant now) {
        String text = input.optionalText("at");
        try {
            Instant at = text == null ? now : OffsetDateTime.parse(text).toInstant();
            if (at.isAfter(now)) {
                input.reject("at", "consent-later");
            }
            return at;
        } catch (DateTimeException unreadable) {
            input.reject("at", "expects-datetime");
            return now;
        }
    }

    private static ConsentEntry.Way way(DefinitionInput input, Origin origin) {
        String text = input.optionalText("way");
        if (text == null) {
            return switch (origin) {
                case SCREEN -> ConsentEntry.Way.SCREEN;
                case IMPORT -> ConsentEntry.Way.IMPORT;
                case API, SYSTEM -> ConsentEntry.Way.API;
            };
        }
        return Arrays.stream(ConsentEntry.Way.values())
                .filter(one -> one.code().equals(text))
                .findFirst()
                .orElseGet(() -> {
                    input.reject("way", "consent-way");
                    return ConsentEntry.Way.API;
                });
    }

    /// Whoever agrees was shown a text, the newest unless another is said; whoever takes it back need not be.
    private static @Nullable ConsentText text(
            DSLContext sql,
            CallContext context,
            DefinitionInput input,
            @Nullable ConsentPurpose purpose,
            ConsentEntry.@Nullable State state) {
        boolean said = input.has("textVersion");
        int version = input.number("textVersion", 0, 1, Integer.MAX_VALUE);
        if (purpose == null || (!said && state == ConsentEntry.State.WITHDRAWN)) {
            return null;
        }
        if (!said || version == purpose.text().version()) {
            return purpose.text();
        }
        ConsentText text = sql.select(ConsentTables.TEXTS, ConsentTables.CREATED_BY, ConsentTables.CREATED)
                .from(ConsentTables.TEXT)
                .where(ConsentTables.TENANT.eq(context.tenant()))
                .and(ConsentTables.PURPOSE_ID.eq(purpose.id()))
                .and(ConsentTables.VERSION.eq(version))
                .fetchOne(row -> new ConsentText(
                        version,
                        ConsentTables.texts(row.value1()),
                        row.value2(),
                        row.value3().toInstant()));
        if (text == null && version > 0) {
            input.reject("textVersion", "consent-text-unknown", version);
        }
        return text;
    }

    private static @Nullable String language(DefinitionInput input, CallContext context, @Nullable ConsentText text) {
        String said = input.optionalText("language");
        if (text == null) {
            return null;
        }
        LocalizedText texts = text.texts();
        if (said != null && !texts.texts().containsKey(said)) {
            input.reject("language", "consent-language", text.version());
            return null;
        }
        if (said != null) {
            return said;
        }
        String shown = texts.in(context.locale());
        return texts.texts().keySet().stream()
                .filter(language -> Objects.equals(texts.texts().get(language), shown))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable String address(DefinitionInput input) {
        String text = input.optionalText("address");
        if (text == null) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text.strip()).getHostAddress();
        } catch (IllegalArgumentException none) {
            input.reject("address", "consent-address");
            return null;
        }
    }

    static ConsentEntry.State state(String code) {
        return ConsentEntry.State.valueOf(code.toUpperCase(Locale.ROOT));
    }

    static ConsentEntry.Way way(String code) {
        return ConsentEntry.Way.valueOf(code.toUpperCase(Locale.ROOT));
    }
}
