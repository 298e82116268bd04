package io.relata.core.metadata;

/// A text that is stored encrypted: as somebody sent it or may read it, or sealed.
///
/// Written into a log or an answer by mistake, it says nothing.
///
/// @param text what it says, or what it became when it was sealed
public record Secret(String text, boolean sealed) {

    /// What is shown instead of what it says.
    public static final String MASK = "••••••";

    /// A secret that says the text.
    public static Secret open(String text) {
        return new Secret(text, false);
    }

    /// A secret as it is stored.
    public static Secret sealed(String text) {
        return new Secret(text, true);
    }

    /// Returns what it says to those who may read it.
    public String shown() {
        return sealed ? MASK : text;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
