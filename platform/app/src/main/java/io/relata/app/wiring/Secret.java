package io.relata.app.wiring;

/// A value that must not show up in logs or messages.
public record Secret(String value) {

    @Override
    public String toString() {
        return "[secret]";
    }
}
