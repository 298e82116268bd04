package io.relata.core.plugin.sample;

import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import io.relata.spi.RecordChange;
import io.relata.spi.RecordHook;
import java.util.Objects;

/// Says what it can see of the platform.
public final class CuriousHook implements RecordHook {

    public CuriousHook(Platform platform) {}

    @Override
    public String entity() {
        return sees("io.relata.core.problem.Messages") + " " + sees("org.jooq.DSLContext") + " "
                + sees("org.slf4j.Logger") + " " + sees("java.sql.Connection") + " "
                + Objects.equals(
                        Thread.currentThread().getContextClassLoader(),
                        getClass().getClassLoader()) + " "
                + (getClass().getClassLoader().getResource("db/migration") == null);
    }

    @Override
    public void beforeSave(CallContext context, RecordChange change) {}

    private boolean sees(String type) {
        try {
            Class.forName(type, false, getClass().getClassLoader());
            return true;
        } catch (ClassNotFoundException exception) {
            return false;
        }
    }
}
