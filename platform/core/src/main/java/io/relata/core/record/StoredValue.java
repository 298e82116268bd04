package io.relata.core.record;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.GeoPoint;
import io.relata.core.metadata.ValueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/// A field's value as SQL holds and compares it: decimals as long at the field's scale, booleans as 0 and 1.
public final class StoredValue {

    private StoredValue() {}

    /// Returns the Java type that a column or bind value of the kind has.
    public static Class<?> javaType(ValueKind kind) {
        return switch (kind) {
            case STRING -> String.class;
            case INTEGER, DECIMAL, BOOLEAN -> Long.class;
            case DATE -> LocalDate.class;
            case INSTANT -> OffsetDateTime.class;
            case UUID -> UUID.class;
            case LIST, OBJECT -> JSONB.class;
            case SECRET -> String.class;
            case POINT -> Long.class;
        };
    }

    /// Returns the value as it is stored.
    ///
    /// @throws ArithmeticException when a decimal has more digits than the field keeps
    public static @Nullable Object of(FieldDefinition field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (field.kind()) {
            case DECIMAL -> unscaled((BigDecimal) value, field.scale()).longValueExact();
            case BOOLEAN -> (Boolean) value ? 1L : 0L;
            case INSTANT -> OffsetDateTime.ofInstant((Instant) value, ZoneOffset.UTC);
            case POINT -> ((GeoPoint) value).code();
            case STRING, INTEGER, DATE, UUID, LIST, OBJECT, SECRET -> value;
        };
    }

    /// Returns the value that a stored one stands for.
    public static @Nullable Object toValue(FieldDefinition field, @Nullable Object stored) {
        if (stored == null) {
            return null;
        }
        return switch (field.kind()) {
            case DECIMAL -> BigDecimal.valueOf((Long) stored, field.scale());
            case BOOLEAN -> (Long) stored != 0;
            case INSTANT -> ((OffsetDateTime) stored).toInstant();
            case POINT -> GeoPoint.of((Long) stored);
            case STRING, INTEGER, DATE, UUID, LIST, OBJECT, SECRET -> stored;
        };
    }

    /// Returns the unscaled value at the scale, which may be too big for a slot.
    ///
    /// @throws ArithmeticException when digits would be lost
    static BigInteger unscaled(BigDecimal value, int scale) {
        return value.setScale(scale).unscaledValue();
    }
}
