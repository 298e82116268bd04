package io.relata.core.metadata.type;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.Characters;
import io.relata.core.metadata.type.Parsed.Wrong;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all lists of texts have in common.
final class Lists {

    /// What stands between the texts of a list in files that we write.
    private static final String SEPARATOR = "; ";

    private Lists() {}

    /// Returns the list as one text, in a form that is read again.
    static String joined(List<?> list) {
        return String.join(SEPARATOR, list.stream().map(Object::toString).toList());
    }

    /// Returns the list as people read it.
    static String shown(List<?> list, Locale locale) {
        String between = locale.getLanguage().equals("zh") ? "、" : ", ";
        return String.join(between, list.stream().map(Object::toString).toList());
    }

    /// Returns the texts without the blanks around them.
    ///
    /// @param known whether a text is one and need not be taken apart any further
    static Parsed read(Object input, Form form, Predicate<String> known) {
        Optional<List<String>> texts =
                form == Form.TEXT && input instanceof String text ? Optional.of(split(text, known)) : elements(input);
        if (texts.isEmpty()) {
            return Wrong.of("expects-texts");
        }
        return texts.get().stream().anyMatch(Characters::unstorable)
                ? Wrong.of("bad-characters")
                : new Parsed.Value(texts.get());
    }

    private static Optional<List<String>> elements(Object input) {
        List<String> texts = new ArrayList<>();
        for (Object element : input instanceof Iterable<?> list ? list : List.of(List.of())) {
            String text = text(element);
            if (text == null) {
                return Optional.empty();
            }
            texts.add(text);
        }
        return Optional.of(clean(texts.stream()));
    }

    private static @Nullable String text(@Nullable Object element) {
        return element instanceof JsonNode node ? node.textValue() : element instanceof String text ? text : null;
    }

    /// A comma may be a part of a text; it separates only where nothing else does.
    private static List<String> split(String text, Predicate<String> known) {
        List<String> parts = clean(Stream.of(text.split("[;；|\\n]")));
        return parts.size() == 1 && !known.test(parts.getFirst()) ? clean(Stream.of(text.split("[,，、]"))) : parts;
    }

    private static List<String> clean(Stream<String> texts) {
        return texts.map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
