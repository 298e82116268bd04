package io.relata.core.plugin.sample;

import io.relata.spi.CallContext;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;

/// Has no constructor that the platform could call.
public final class DemandingHook implements RecordHook {

    private final String wish;

    public DemandingHook(String wish) {
        this.wish = wish;
    }

    @Override
    public String entity() {
        return wish;
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {}
}
