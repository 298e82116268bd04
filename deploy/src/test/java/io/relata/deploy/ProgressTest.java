package io.relata.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void saysWhatItWaitsForInALongSilence() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Progress progress = new Progress(lines::add)) {
            progress.during("Baking bread", () -> {
                TimeUnit.MILLISECONDS.sleep(7500);
                return true;
            });
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("  ... Baking bread (");
        assertThat(lines.getLast()).startsWith("  Baking bread: done in 7.");
    }
}
