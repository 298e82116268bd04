package io.relata.core.metadata;

/// The definitions have changed since somebody began to work by them; begin again by the new ones.
public final class OutdatedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Says it.
    public OutdatedException() {
        super("The metadata has changed");
    }
}
