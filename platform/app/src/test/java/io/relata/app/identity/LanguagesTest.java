package io.relata.app.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanguagesTest {

    @Test
    void takesTheFirstLanguageItSpeaks() {
        assertThat(Languages.accepted("fr, zh-TW;q=0.8, en;q=0.5")).contains(Languages.CHINESE);
        assertThat(Languages.accepted("en-GB,zh-CN;q=0.9")).contains(Languages.ENGLISH);
        assertThat(Languages.accepted("zh-Hans-CN")).contains(Languages.CHINESE);
        assertThat(Languages.accepted("en;q=0.2, zh;q=0.9")).contains(Languages.CHINESE);
    }

    @Test
    void knowsNoneWhenNoneIsAskedFor() {
        assertThat(Languages.accepted(null)).isEmpty();
        assertThat(Languages.accepted("")).isEmpty();
        assertThat(Languages.accepted("*")).isEmpty();
        assertThat(Languages.accepted("fr")).isEmpty();
        assertThat(Languages.accepted("en;q=0")).isEmpty();
        assertThat(Languages.accepted("<script>;q=x")).isEmpty();
        assertThat(Languages.accepted("en,".repeat(1000))).isEmpty();
    }

    @Test
    void namesLanguagesExactly() {
        assertThat(Languages.named("zh-CN")).contains(Languages.CHINESE);
        assertThat(Languages.named("zh")).isEmpty();
    }
}
