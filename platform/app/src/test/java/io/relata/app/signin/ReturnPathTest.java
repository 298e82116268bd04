package io.relata.app.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/accounts",
                "/accounts/0190?view=all&x=%2F%2Fevil",
                "/a#b",
                "/apiary",
                "/authors",
            })
    void keepsPagesOfOurs(String path) {
        assertThat(ReturnPath.safe(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "accounts",
                "/\t/evil.example",
                "/\n/evil.example",
                "/a\r\nSet-Cookie: x=y",
                "/a\\b",
                " /",
                "/ä",
                "/api/v1/me",
                "/api",
                "/auth/login?return=/",
                "/x/plugin",
                "/health",
            })
    void goesHomeInsteadOfAnywhereElse(String path) {
        assertThat(ReturnPath.safe(path)).isEqualTo("/");
    }

    @Test
    void goesHomeWithoutPathOrWithTooLongOne() {
        assertThat(ReturnPath.safe(null)).isEqualTo("/");
        assertThat(ReturnPath.safe("/" + "a".repeat(2000))).isEqualTo("/");
    }
}
