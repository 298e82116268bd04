package io.relata.core.id;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/// Makes UUIDs of version 7: in the order of their making, so that indexes grow at one end. Thread-safe.
public final class Ids {

    private final TimeBasedEpochGenerator generator;

    public Ids(Clock clock) {
        this.generator = new TimeBasedEpochGenerator(new SecureRandom(), new UUIDClock() {
            @Override
            public long currentTimeMillis() {
                return clock.millis();
            }
        });
    }

    public UUID next() {
        return generator.generate();
    }
}
