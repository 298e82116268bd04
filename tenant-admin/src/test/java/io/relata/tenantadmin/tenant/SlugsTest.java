package io.relata.tenantadmin.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugsTest {
    @ParameterizedTest
    @ValueSource(strings = {"acme", "a1", "1a", "a-b", "t-x7kq2m", "a2345678901234567890123456789012345678-9"})
    void acceptsShortNames(String slug) {
        assertThat(Slugs.isValid(slug)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "-a",
                "a-",
                "Acme",
                "a b",
                "a.b",
                "a/b",
                "星河",
                "a\n",
                "ａｃｍｅ",
                "a2345678901234567890123456789012345678901"
            })
    void refusesEverythingElse(String slug) {
        assertThat(Slugs.isValid(slug)).isFalse();
    }

    @Test
    void takesOnlyNamesThatLoseNothing() {
        assertThat(Slugs.fromName("Acme Ltd")).contains("acme-ltd");
        assertThat(Slugs.fromName("星河科技")).isEmpty();
        assertThat(Slugs.fromName("Acme & Sons")).isEmpty();
        assertThat(Slugs.fromName("Müller")).isEmpty();
        assertThat(Slugs.fromName("acme-ltd")).isEmpty();
    }

    @Test
    void makesUpValidOnes() {
        Random random = new Random(42);
        for (int i = 0; i < 100; i++) {
            assertThat(Slugs.random(random)).matches("t-[a-z0-9]{6}").matches(Slugs::isValid);
        }
    }
}
