package io.relata.core.plugin.sample;

import io.relata.core.problem.ProblemCode;
import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;

/// Uses a class of the platform's insides.
public final class IntrudingHook implements RecordHook {

    private final String code;

    public IntrudingHook(Platform platform) {
        this.code = ProblemCode.INTERNAL.code();
    }

    @Override
    public String entity() {
        return code;
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {}
}
