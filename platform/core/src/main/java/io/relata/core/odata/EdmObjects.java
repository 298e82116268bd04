package io.relata.core.odata;

import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.query.Property;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlComplexType;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.jspecify.annotations.Nullable;

/// The complex types of OData: one for each type of field whose values consist of parts.
final class EdmObjects {

    static final List<CsdlComplexType> ALL = FieldTypes.ALL.stream()
            .filter(type -> type.kind() == ValueKind.OBJECT)
            .map(EdmObjects::described)
            .toList();

    private EdmObjects() {}

    static Optional<FullQualifiedName> nameOf(Property property) {
        return property.kind() == ValueKind.OBJECT && property instanceof Property.OfField of
                ? Optional.of(new FullQualifiedName(
                        TenantEdmProvider.NAMESPACE, name(of.field().type())))
                : Optional.empty();
    }

    static @Nullable CsdlComplexType named(FullQualifiedName name) {
        return ALL.stream()
                .filter(type -> name.equals(new FullQualifiedName(TenantEdmProvider.NAMESPACE, type.getName())))
                .findFirst()
                .orElse(null);
    }

    private static String name(FieldType type) {
        return type.typeName().substring(0, 1).toUpperCase(Locale.ROOT)
                + type.typeName().substring(1);
    }

    private static CsdlComplexType described(FieldType type) {
        return new CsdlComplexType()
                .setName(name(type))
                .setProperties(type.parts().stream()
                        .map(part -> new CsdlProperty()
                                .setName(part.name())
                                .setType(EdmTypes.of(part.kind()).getFullQualifiedName())
                                .setNullable(true))
                        .toList());
    }
}
