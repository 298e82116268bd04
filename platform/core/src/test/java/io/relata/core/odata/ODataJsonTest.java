package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How moments are written.
class ODataJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T00:00:00Z",
                "2026-01-02T03:04:00Z",
                "2026-01-02T03:04:00.100Z",
                "2026-01-02T03:04:00.000001Z",
                "2026-01-02T03:04:05.123456Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
            })
    void writesMomentsAsTheyAreRead(String text) {
        assertThat(ODataJson.text(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void writesAnyMomentAsTheStandardDoes() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Instant moment = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000) * 1_000L);
            assertThat(ODataJson.text(moment)).isEqualTo(moment.toString());
        }
    }
}
