package io.relata.app.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.app.identity.Languages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "io", "relata", "app", "openapi");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    @Test
    void saysEverythingInEveryLanguageAndNothingThatNobodyReads() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String member : Set.of("info", "tags", "paths", "entityPaths", "entitySchemas", "components")) {
            collect(Template.load().member(member), used);
        }
        String code = code();
        for (String key : Texts.bundle(Languages.ENGLISH).keySet()) {
            if (code.contains("\"" + key + "\"")
                    || code.contains("\"%" + key + "\"")
                    || key.matches("record\\.\\w+(At|By)|record\\.id")) {
                used.add(key);
            }
        }
        assertThat(Texts.bundle(Languages.ENGLISH).keySet()).containsExactlyInAnyOrderElementsOf(used);
        assertThat(Texts.bundle(Languages.CHINESE).keySet()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void saysTheSameInChinese() {
        var english = Texts.bundle(Languages.ENGLISH);
        var chinese = Texts.bundle(Languages.CHINESE);
        for (String key : english.keySet()) {
            assertThat(chinese.getString(key)).as(key).containsPattern("\\p{IsHan}");
            assertThat(placeholders(chinese.getString(key))).as(key).isEqualTo(placeholders(english.getString(key)));
        }
    }

    private static void collect(JsonNode node, Set<String> keys) {
        if (node.isTextual() && node.textValue().startsWith("%")) {
            keys.add(node.textValue().substring(1));
        }
        node.forEach(child -> collect(child, keys));
    }

    private static String code() throws IOException {
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString();
    }

    private static Set<String> placeholders(String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
