package io.relata.core;

import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// Contexts of callers.
public final class TestCalls {

    private TestCalls() {}

    public static CallContext administrator(UUID tenant) {
        return call(tenant, Set.of(CallContext.ADMINISTRATOR));
    }

    public static CallContext user(UUID tenant) {
        return call(tenant, Set.of());
    }

    private static CallContext call(UUID tenant, Set<String> roles) {
        return new CallContext(
                tenant,
                UUID.randomUUID(),
                roles,
                Locale.ENGLISH,
                ZoneId.of("Asia/Shanghai"),
                Currency.getInstance("USD"),
                "request-1",
                Origin.API);
    }
}
