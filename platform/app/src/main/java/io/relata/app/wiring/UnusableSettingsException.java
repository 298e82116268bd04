package io.relata.app.wiring;

import java.util.List;

/// The platform cannot run with these settings. The message names settings, never their values.
public final class UnusableSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    UnusableSettingsException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
