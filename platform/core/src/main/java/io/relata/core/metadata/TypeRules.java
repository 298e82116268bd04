package io.relata.core.metadata;

/// What a field type allows its definitions to say, and what it takes for granted.
record TypeRules(FieldType type) {

    static final int GREATEST_SCALE = 6;

    static TypeRules of(FieldType type) {
        return new TypeRules(type);
    }

    boolean isNumber() {
        return type.kind() == ValueKind.INTEGER || type.kind() == ValueKind.DECIMAL;
    }

    boolean canBeUnique() {
        return (type.isText() && type != FieldType.LONG_TEXT) || type == FieldType.INTEGER;
    }

    int defaultScale() {
        return type.kind() == ValueKind.DECIMAL ? 2 : 0;
    }

    int defaultLength() {
        return switch (type) {
            case TEXT -> 255;
            case EMAIL -> 254;
            case PHONE -> 40;
            case URL -> 2_000;
            case LONG_TEXT -> 10_000;
            case PICKLIST -> 100;
            case INTEGER, DECIMAL, MONEY, PERCENT, BOOLEAN, DATE, DATETIME, LOOKUP, USER -> 0;
        };
    }

    int greatestLength() {
        return switch (type) {
            case LONG_TEXT -> 100_000;
            case TEXT, URL -> 4_000;
            case EMAIL -> 320;
            case PHONE -> 100;
            case PICKLIST, INTEGER, DECIMAL, MONEY, PERCENT, BOOLEAN, DATE, DATETIME, LOOKUP, USER -> 0;
        };
    }
}
