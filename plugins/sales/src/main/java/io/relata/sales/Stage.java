package io.relata.sales;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a deal stands, and how likely it is to be won from there.
enum Stage {
    PROSPECTING(10),
    ENGAGING(50),
    WON(100),
    LOST(0);

    private final BigDecimal probability;

    Stage(int percent) {
        this.probability = BigDecimal.valueOf(percent);
    }

    /// Returns the stage that the picklist's value names.
    static Optional<Stage> of(Object value) {
        return Arrays.stream(values())
                .filter(stage -> stage.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst();
    }

    BigDecimal probability() {
        return probability;
    }

    /// Returns whether the deal is decided.
    boolean closed() {
        return this == WON || this == LOST;
    }
}
