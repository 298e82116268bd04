package io.relata.core.metadata.type;

/// Text of many lines.
final class LongTextType extends TextType {

    LongTextType() {
        super("longText", 10_000, 100_000);
    }

    @Override
    public boolean canBeUnique() {
        return false;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public boolean canName() {
        return false;
    }
}
