package io.relata.core.metadata.type;

/// Text of many lines.
class LongTextType extends TextType {

    LongTextType() {
        this("longText", 10_000, 100_000);
    }

    LongTextType(String typeName, int defaultLength, int greatestLength) {
        super(typeName, defaultLength, greatestLength);
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
