package io.relata.app.signin;

import io.relata.core.problem.ProblemCode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a browser was not let in, as the page's address says it.
enum Refusal {
    SUSPENDED(403),
    REMOVED(403),
    NO_TENANT(403),
    EXPIRED(400),
    FAILED(400),
    UNAVAILABLE(503);

    private final int status;

    Refusal(int status) {
        this.status = status;
    }

    static Refusal of(ProblemCode code) {
        return switch (code) {
            case TENANT_SUSPENDED -> SUSPENDED;
            case MEMBERSHIP_REMOVED -> REMOVED;
            case NO_TENANT -> NO_TENANT;
            case UNAVAILABLE -> UNAVAILABLE;
            default -> FAILED;
        };
    }

    static Refusal named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(refusal -> refusal.key().equals(name))
                .findFirst()
                .orElse(FAILED);
    }

    int status() {
        return status;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String page() {
        return "/auth/refused?reason=" + key();
    }
}
