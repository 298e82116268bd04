package io.relata.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void speaksBothLanguagesAboutEverything() throws IOException {
        assertThat(keys("messages_zh_CN.properties")).containsExactlyInAnyOrderElementsOf(keys("messages.properties"));
    }

    @Test
    void hasATitleForEveryProblem() throws IOException {
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(keys("messages.properties")).contains("title." + code.code());
        }
    }

    @Test
    void fillsPlaceholdersInTheLanguage() {
        assertThat(Messages.text(Locale.forLanguageTag("zh-CN"), "too-long", List.of(40)))
                .isEqualTo("最多 40 个字符。");
        assertThat(Messages.text(Locale.ENGLISH, "too-long", List.of(40))).isEqualTo("At most 40 characters fit.");
    }

    private static List<String> keys(String file) throws IOException {
        try (Reader reader = new InputStreamReader(Messages.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return List.copyOf(properties.stringPropertyNames());
        }
    }
}
