package io.relata.tenantadmin.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {
    private static final Pattern CODE =
            Pattern.compile("(?:report|require|Violation\\.of)\\((?:[^\";]|\"[^\"]*\"(?=\\s*[,+]))*\"([a-z][a-z-]+)\"");

    @Test
    void saysTheSameInBothLanguages() throws IOException {
        assertThat(keys("messages_zh_CN.properties")).isEqualTo(keys("messages.properties"));
    }

    @ParameterizedTest
    @EnumSource
    void hasWordsForEveryProblem(ProblemCode code) throws IOException {
        assertThat(keys("messages.properties"))
                .contains("problem." + code.key() + ".title", "problem." + code.key() + ".detail");
    }

    @Test
    void hasWordsForEveryViolation() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                Matcher matcher = CODE.matcher(read(file));
                while (matcher.find()) {
                    used.add("violation." + matcher.group(1));
                }
            });
        }

        assertThat(used).hasSizeGreaterThan(10);
        assertThat(keys("messages.properties")).containsAll(used);
    }

    @Test
    void fillsInArguments() {
        JsonObject problem = Problems.render(
                ProblemCode.VALIDATION,
                List.of(Violation.of("name", "too-long", 1000)),
                Messages.CHINESE,
                UUID.fromString("00000000-0000-0000-0000-000000000001"));

        assertThat(problem.getString("type")).isEqualTo("urn:relata:problem:validation");
        assertThat(problem.getInt("status")).isEqualTo(422);
        assertThat(problem.getJsonArray("violations").getJsonObject(0).getString("message"))
                .isEqualTo("最多 1000 个字符。");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zh-CN | zh",
                "zh;q=0.9,en;q=0.8 | zh",
                "en-GB,zh;q=0.5 | en",
                "fr,zh-TW;q=0.3 | zh",
                "fr | en",
                "zh;q=0,en | en",
                ";;; | en"
            })
    void speaksTheFirstLanguageItKnows(String header, String language) {
        assertThat(Messages.negotiate(header).getLanguage()).isEqualTo(language);
    }

    @Test
    void speaksEnglishWhenNothingIsAsked() {
        assertThat(Messages.negotiate(null)).isEqualTo(Locale.ENGLISH);
    }

    private static Set<String> keys(String bundle) throws IOException {
        Properties properties = new Properties();
        try (var reader =
                Files.newBufferedReader(Path.of("src/main/resources/io/relata/tenantadmin/problem", bundle))) {
            properties.load(reader);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
