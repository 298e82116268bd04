package io.relata.tenantadmin.tenant;

import io.relata.tenantadmin.problem.ProblemCode;
import io.relata.tenantadmin.problem.ProblemException;
import io.relata.tenantadmin.problem.Violation;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a JSON object and collects everything that is wrong with them.
///
/// A field that is wrong reads as an empty text: `refuseIfWrong` is called before anything is done with the values.
final class Fields {
    /// Control and formatting characters, line breaks, unpaired surrogates and characters without meaning.
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}\\p{Co}\\p{Zl}\\p{Zp}\u202A-\u202E\u2066-\u2069\uFEFF]");

    private final JsonObject object;
    private final String prefix;
    private final List<Violation> violations;
    private final Set<String> read = new HashSet<>();

    private Fields(JsonObject object, String prefix, List<Violation> violations) {
        this.object = object;
        this.prefix = prefix;
        this.violations = violations;
    }

    static Fields of(JsonObject object) {
        return new Fields(object, "", new ArrayList<>());
    }

    String text(String field, int most) {
        String text = optionalText(field, most);
        if (text == null && !isReported(field)) {
            report(field, "required");
        }
        return text == null ? "" : text;
    }

    /// Absent, null and blank are the same: nothing was given.
    @Nullable
    String optionalText(String field, int most) {
        JsonValue value = value(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonString string)) {
            report(field, "expected-text");
            return null;
        }
        String text = string.getString().strip();
        if (text.codePointCount(0, text.length()) > most) {
            report(field, "too-long", most);
            return null;
        }
        if (UNFIT.matcher(text).find()) {
            report(field, "invalid-characters");
            return null;
        }
        return text.isEmpty() ? null : text;
    }

    /// A secret is taken as it is: stripping would change it.
    @Nullable
    String secret(String field, int least, int most) {
        JsonValue value = value(field);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonString string)) {
            report(field, "expected-text");
            return null;
        }
        String secret = string.getString();
        if (secret.length() < least) {
            report(field, "too-short", least);
        } else if (secret.length() > most) {
            report(field, "too-long", most);
        }
        return secret;
    }

    List<String> texts(String field, Predicate<String> fits, String code) {
        JsonValue value = value(field);
        if (value == null) {
            report(field, "required");
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            report(field, "expected-array");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof JsonString string && fits.test(string.getString())) {
                texts.add(string.getString());
            } else {
                report(field + "[" + i + "]", code);
            }
        }
        return texts.stream().distinct().toList();
    }

    Fields object(String field) {
        JsonValue value = value(field);
        if (value instanceof JsonObject nested) {
            return new Fields(nested, prefix + field + ".", violations);
        }
        if (value == null) {
            report(field, "required");
        } else {
            report(field, "expected-object");
        }
        // Nothing is reported inside what is not there.
        return new Fields(JsonValue.EMPTY_JSON_OBJECT, prefix + field + ".", new ArrayList<>());
    }

    /// Reports a value that was read but does not fit.
    void require(String field, boolean fits, String code, Object... arguments) {
        if (!fits && !isReported(field)) {
            report(field, code, arguments);
        }
    }

    Fields noOthers() {
        object.keySet().stream()
                .filter(field -> !read.contains(field))
                .sorted()
                .forEach(field -> report(field, "unknown-field"));
        return this;
    }

    void refuseIfWrong() {
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemCode.VALIDATION, violations);
        }
    }

    private @Nullable JsonValue value(String field) {
        read.add(field);
        JsonValue value = object.get(field);
        return value == null || value.getValueType() == JsonValue.ValueType.NULL ? null : value;
    }

    private boolean isReported(String field) {
        return violations.stream().anyMatch(violation -> violation.field().equals(prefix + field));
    }

    private void report(String field, String code, Object... arguments) {
        violations.add(Violation.of(prefix + field, code, arguments));
    }
}
