package io.relata.tenantadmin.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.relata.tenantadmin.tenant.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiringMapTest {
    private final MovableClock clock = new MovableClock();
    private final ExpiringMap<String> map = new ExpiringMap<>(Duration.ofMinutes(10), 3, clock);

    @Test
    void forgetsAfterItsTime() {
        map.put("a", "1");
        clock.advance(Duration.ofMinutes(9));
        assertThat(map.get("a")).contains("1");

        map.replace("a", "2");
        clock.advance(Duration.ofMinutes(1));

        assertThat(map.get("a")).isEmpty();
    }

    @Test
    void keepsTheNewestWhenFull() {
        map.put("a", "1");
        map.put("b", "2");
        map.put("c", "3");
        map.put("d", "4");

        assertThat(map.get("a")).isEmpty();
        assertThat(map.get("b")).contains("2");
        assertThat(map.get("d")).contains("4");
    }

    @Test
    void givesOnceWhatIsTaken() {
        map.put("a", "1");

        assertThat(map.take("a")).contains("1");
        assertThat(map.take("a")).isEmpty();
    }

    @Test
    void doesNotReviveWhatIsGone() {
        map.replace("a", "1");

        assertThat(map.get("a")).isEmpty();
    }
}
