package io.relata.core.plugin.sample;

import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;
import java.time.LocalDate;

/// Completes, refuses and breaks, by what the record is called.
public final class ClosingHook implements RecordHook {

    private final Platform platform;

    public ClosingHook(Platform platform) {
        this.platform = platform;
    }

    @Override
    public String entity() {
        return "deal";
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {
        if ("won".equals(change.value("stage")) && change.value("closeDate") == null) {
            change.set("closeDate", LocalDate.ofInstant(platform.clock().instant(), context.zone()));
        }
        switch (String.valueOf(change.value("name"))) {
            case "refused" -> change.reject("name", "refused");
            case "broken" -> throw new IllegalStateException("out of order");
            case "unknown" -> change.value("nowhere");
            case "scored" -> change.set("score", 7L);
            case "overscored" -> change.set("name", "x".repeat(201));
            default -> {}
        }
    }
}
