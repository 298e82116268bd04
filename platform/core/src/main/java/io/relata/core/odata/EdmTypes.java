package io.relata.core.odata;

import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.ValueKind;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;

/// The primitive types of OData in which values are shown; of a list, that of its elements.
final class EdmTypes {

    private EdmTypes() {}

    static EdmPrimitiveTypeKind of(FieldDefinition field) {
        String own = field.type().edmType();
        return own == null ? of(field.kind()) : EdmPrimitiveTypeKind.valueOf(own);
    }

    static EdmPrimitiveTypeKind of(ValueKind kind) {
        return switch (kind) {
            case STRING, LIST, OBJECT, SECRET -> EdmPrimitiveTypeKind.String;
            case INTEGER -> EdmPrimitiveTypeKind.Int64;
            case DECIMAL -> EdmPrimitiveTypeKind.Decimal;
            case BOOLEAN -> EdmPrimitiveTypeKind.Boolean;
            case DATE -> EdmPrimitiveTypeKind.Date;
            case INSTANT -> EdmPrimitiveTypeKind.DateTimeOffset;
            case UUID -> EdmPrimitiveTypeKind.Guid;
            case POINT -> EdmPrimitiveTypeKind.GeographyPoint;
        };
    }
}
