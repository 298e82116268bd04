package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Expressions made to do harm end soon, with little memory.
class BombTest {

    private static final long MOST_NANOS = 100_000_000;
    private static final long MOST_BYTES = 16 << 20;
    private static final Environment ENVIRONMENT = new Environment(Instant.EPOCH, ZoneOffset.UTC, Locale.ENGLISH);

    static List<String> bombs() {
        String list = "[" + "1,".repeat(60) + "1]";
        String replaced = "name";
        for (int i = 0; i < 12; i++) {
            replaced = "replace(" + replaced + ", 'a', 'aaaaaaaaaaaaaaaa')";
        }
        String powers = "amount";
        for (int i = 0; i < 8; i++) {
            powers = "pow(" + powers + ", 10)";
        }
        return List.of(
                "(".repeat(3_900),
                "(".repeat(1_900) + "1" + ")".repeat(1_900),
                "1" + "+1".repeat(1_999),
                "[".repeat(3_900),
                "lower(".repeat(500) + "name" + ")".repeat(500),
                list + ".all(a, " + list + ".all(b, " + list + ".all(c, " + list + ".all(d, a + b + c + d > 0))))",
                replaced,
                powers,
                "1e999999999",
                "1e-999999999",
                "9".repeat(3_900),
                "'" + "a".repeat(3_990) + "'.matches('(((a*)*)*)*b')",
                "matches(note, '((a{1,255}){1,255}){1,255}')",
                "matches(note, '(a|aa|aaa)*' + name)",
                "notes + notes + notes + notes + notes + notes",
                "a".repeat(5_000));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void isRefusedAtOnce(String bomb) {
        assertHarmless(
                () -> assertThat(Expression.read(bomb, TestScope.DEAL, null).mistakes())
                        .isNotEmpty());
    }

    @Test
    void readsLongChainsWithoutHarm() {
        for (String chain :
                List.of("!".repeat(3_900) + "hot", "-".repeat(3_900) + "1", "hot ? 1 : ".repeat(390) + "1")) {
            assertHarmless(() -> Expression.read(chain, TestScope.DEAL, null));
        }
    }

    @Test
    void stopsWhatIsAllowedButGrows() {
        String five = "notes + notes + notes + notes + notes";
        Expression expression = TestScope.read(String.join(" || ", Collections.nCopies(70, "size(" + five + ") < 0")));
        String notes = "北".repeat(100_000);

        assertHarmless(() -> assertThatThrownBy(
                        () -> new Evaluator(ENVIRONMENT, path -> notes).holds(expression.root()))
                .isInstanceOf(Budget.Exhausted.class));
    }

    @Test
    void stopsAPatternThatTakesLong() {
        String pattern = "matches(notes, '(a?){60}(a*){60}b')";
        Expression expression = TestScope.read(pattern + " || " + pattern + " || " + pattern);
        String notes = "a".repeat(100_000);

        assertHarmless(() -> assertThatThrownBy(
                        () -> new Evaluator(ENVIRONMENT, path -> notes).holds(expression.root()))
                .isInstanceOf(Budget.Exhausted.class));
    }

    private static void assertHarmless(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work.run();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long nanos = threads.getCurrentThreadCpuTime();
        work.run();
        assertThat(threads.getCurrentThreadCpuTime() - nanos).isLessThan(MOST_NANOS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MOST_BYTES);
    }
}
