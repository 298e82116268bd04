package io.relata.core.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// By what a person is looked for: a record that is the person, or what is known of the person.
///
/// @param entity the record's entity; `null` without a record
public record PersonWish(
        @Nullable String entity, @Nullable UUID record, List<String> emails, List<String> phones, List<String> names) {

    private static final int MOST = 20;
    private static final int LONGEST = 300;
    private static final Set<String> MEMBERS = Set.of("record", "emails", "phones", "names");

    public PersonWish {
        emails = List.copyOf(emails);
        phones = List.copyOf(phones);
        names = List.copyOf(names);
    }

    /// Reads what a caller sent.
    ///
    /// @throws ProblemException VALIDATION with everything that is wrong
    public static PersonWish read(ObjectNode sent) {
        List<Violation> violations = new ArrayList<>();
        sent.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                violations.add(Violation.of(member, "unknown-member"));
            }
        });
        JsonNode record = sent.path("record");
        UUID id = null;
        if (!record.isMissingNode()) {
            id = id(record.path("id").asText(""));
            if (id == null) {
                violations.add(Violation.of("record.id", "expects-id"));
            }
            if (record.path("entity").asText("").isEmpty()) {
                violations.add(Violation.of("record.entity", "required"));
            }
        }
        PersonWish wish = new PersonWish(
                id == null ? null : record.path("entity").asText(),
                id,
                texts(sent, "emails", violations),
                texts(sent, "phones", violations),
                texts(sent, "names", violations));
        for (String phone : wish.phones) {
            if (PersonMatch.digits(phone).length() < PersonMatch.LEAST_DIGITS) {
                violations.add(Violation.of("phones", "privacy-phone-short", PersonMatch.LEAST_DIGITS));
            }
        }
        for (String name : wish.names) {
            if (name.codePointCount(0, name.length()) < 2) {
                violations.add(Violation.of("names", "privacy-name-short"));
            }
        }
        if (violations.isEmpty() && wish.record == null && wish.values().isEmpty()) {
            violations.add(Violation.of(null, "privacy-nobody"));
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return wish;
    }

    static @Nullable UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static List<String> texts(ObjectNode sent, String member, List<Violation> violations) {
        JsonNode list = sent.path(member);
        List<String> texts = new ArrayList<>();
        boolean fits = list.isMissingNode() || (list.isArray() && list.size() <= MOST);
        for (JsonNode text : list) {
            String stripped = text.asText("").strip();
            fits &= text.isTextual() && !stripped.isEmpty() && stripped.length() <= LONGEST;
            texts.add(stripped);
        }
        if (!fits) {
            violations.add(Violation.of(member, "privacy-texts", MOST, LONGEST));
        }
        return texts;
    }

    /// Reads what was stored.
    static PersonWish stored(JsonNode json) {
        JsonNode record = json.path("record");
        return new PersonWish(
                record.isMissingNode() ? null : record.path("entity").asText(),
                id(record.path("id").asText("")),
                texts(json.path("emails")),
                texts(json.path("phones")),
                texts(json.path("names")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// Returns the wish as it is stored and shown.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (record != null) {
            json.putObject("record").put("entity", entity).put("id", record.toString());
        }
        put(json, "emails", emails);
        put(json, "phones", phones);
        put(json, "names", names);
        return json;
    }

    private static void put(ObjectNode json, String member, List<String> texts) {
        ArrayNode array = json.putArray(member);
        texts.forEach(array::add);
    }

    /// Returns all that is looked for in texts.
    List<String> values() {
        List<String> values = new ArrayList<>(emails);
        values.addAll(phones);
        values.addAll(names);
        return values;
    }

    /// Returns the wish with what the record says besides.
    PersonWish with(List<String> furtherEmails, List<String> furtherPhones, List<String> furtherNames) {
        return new PersonWish(
                entity, record, both(emails, furtherEmails), both(phones, furtherPhones), both(names, furtherNames));
    }

    private static List<String> both(List<String> one, List<String> other) {
        List<String> both = new ArrayList<>(one);
        other.stream().filter(text -> !both.contains(text)).forEach(both::add);
        return both;
    }
}
