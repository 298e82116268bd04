package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void startsOnLoopbackInTheUsersHomeWithDemoByDefault() {
        Options options = Options.parse(List.of("up"));

        assertThat(options.command()).isEqualTo(Options.Command.UP);
        assertThat(options.home()).isEqualTo(Path.of(System.getProperty("user.home"), ".relata"));
        assertThat(options.portBase()).isEqualTo(9480);
        assertThat(options.listen()).isEqualTo("127.0.0.1");
        assertThat(options.demo()).isTrue();
        assertThat(options.detach()).isFalse();
        assertThat(options.fresh()).isFalse();
    }

    @Test
    void readsEveryOption() {
        Options options = Options.parse(List.of(
                "up",
                "--home",
                "/somewhere/else/../here",
                "--port-base",
                "12000",
                "--listen",
                "0.0.0.0",
                "--detach",
                "--fresh",
                "--yes",
                "--no-demo"));

        assertThat(options)
                .isEqualTo(new Options(
                        Options.Command.UP,
                        Path.of("/somewhere/here"),
                        12_000,
                        true,
                        "0.0.0.0",
                        true,
                        true,
                        true,
                        false,
                        false));
    }

    @Test
    void refusesUnknownOption() {
        assertRefused("There is no option --hoem", "up", "--hoem", "x");
    }

    @Test
    void refusesMissingValue() {
        assertRefused("--home needs a value", "up", "--home");
        assertRefused("--home needs a value", "up", "--home", "--detach");
    }

    @Test
    void refusesPortBaseThatIsNoPort() {
        assertRefused("needs a number, not 'many'", "up", "--port-base", "many");
        assertRefused("between 1024 and 65531, not 80", "up", "--port-base", "80");
        assertRefused("between 1024 and 65531, not 65535", "up", "--port-base", "65535");
    }

    @Test
    void refusesUnknownCommand() {
        assertRefused("Say up, down or status", "start");
    }

    private static void assertRefused(String sentence, String... words) {
        assertThatThrownBy(() -> Options.parse(List.of(words)))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(sentence);
    }
}
