package io.relata.core.metadata;

/// How a value is held in Java and in a slot. Slots have only types whose operators are leakproof, so that
/// indexes work under row-level security.
public enum ValueKind {
    /// `String`, in a `text` slot.
    STRING('t', 16),
    /// `Long`, in a `bigint` slot.
    INTEGER('n', 12),
    /// `BigDecimal`, in a `bigint` slot as the unscaled value at the field's scale.
    DECIMAL('n', 12),
    /// `Boolean`, in a `bigint` slot as 0 or 1.
    BOOLEAN('n', 12),
    /// `LocalDate`, in a `date` slot.
    DATE('d', 6),
    /// `Instant`, in a `timestamptz` slot.
    INSTANT('s', 6),
    /// `UUID`, in a `uuid` slot.
    UUID('u', 10),
    /// `List<String>`, in the record's document only.
    LIST('-', 0),
    /// [GeoPoint], in a `bigint` slot as its code.
    POINT('n', 12),
    /// `Map<String, Object>`: texts and whole numbers by the names of the type's parts, in the document only.
    OBJECT('-', 0),
    /// [Secret], encrypted, in the document only.
    SECRET('-', 0);

    private final char slotPrefix;
    private final int slots;

    ValueKind(char slotPrefix, int slots) {
        this.slotPrefix = slotPrefix;
        this.slots = slots;
    }

    /// Returns whether a value is one thing, which is compared, ordered and counted as a whole.
    public boolean isScalar() {
        return this != LIST && this != POINT && this != OBJECT && this != SECRET;
    }

    /// Returns the first letter of the slot columns for this kind.
    public char slotPrefix() {
        return slotPrefix;
    }

    /// Returns how many slot columns of this kind a record table has.
    public int slots() {
        return slots;
    }

    /// Returns the name of the n-th slot column, counted from 1.
    public String slot(int number) {
        return "%c%02d".formatted(slotPrefix, number);
    }
}
