package io.relata.core.metadata;

import java.util.Arrays;
import java.util.Optional;

/// The types a field can have. The name is what definitions and the API say.
public enum FieldType {
    TEXT("text", ValueKind.STRING),
    LONG_TEXT("longText", ValueKind.STRING),
    EMAIL("email", ValueKind.STRING),
    PHONE("phone", ValueKind.STRING),
    URL("url", ValueKind.STRING),
    PICKLIST("picklist", ValueKind.STRING),
    INTEGER("integer", ValueKind.INTEGER),
    DECIMAL("decimal", ValueKind.DECIMAL),
    MONEY("money", ValueKind.DECIMAL),
    PERCENT("percent", ValueKind.DECIMAL),
    BOOLEAN("boolean", ValueKind.BOOLEAN),
    DATE("date", ValueKind.DATE),
    DATETIME("datetime", ValueKind.INSTANT),
    LOOKUP("lookup", ValueKind.UUID),
    USER("user", ValueKind.UUID);

    private final String typeName;
    private final ValueKind kind;

    FieldType(String typeName, ValueKind kind) {
        this.typeName = typeName;
        this.kind = kind;
    }

    /// Returns the type with the name that definitions use.
    public static Optional<FieldType> named(String typeName) {
        return Arrays.stream(values())
                .filter(type -> type.typeName.equals(typeName))
                .findFirst();
    }

    public String typeName() {
        return typeName;
    }

    public ValueKind kind() {
        return kind;
    }

    /// Returns whether values are ids of records that a query can follow.
    public boolean isLookup() {
        return this == LOOKUP;
    }

    /// Returns whether the type is a text whose length is limited.
    public boolean isText() {
        return kind == ValueKind.STRING && this != PICKLIST;
    }
}
