package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import java.util.ArrayList;
import java.util.List;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAnnotation;
import org.apache.olingo.commons.api.edm.provider.CsdlTerm;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlCollection;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlConstantExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlConstantExpression.ConstantExpressionType;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlExpression;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlPropertyPath;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlPropertyValue;
import org.apache.olingo.commons.api.edm.provider.annotation.CsdlRecord;

/// Unique fields in OData's terms: alternate keys, by an annotation of the core vocabulary.
final class EdmKeys {

    private static final String NAMESPACE = "Org.OData.Core.V1";

    static final FullQualifiedName TERM = new FullQualifiedName(NAMESPACE, "AlternateKeys");

    private EdmKeys() {}

    static CsdlTerm term() {
        return new CsdlTerm().setName(TERM.getName()).setType("Collection(" + NAMESPACE + ".AlternateKey)");
    }

    /// Returns the annotation of the entity's type; none when no field is unique.
    static List<CsdlAnnotation> of(EntityDefinition entity) {
        List<CsdlExpression> keys = new ArrayList<>();
        entity.fields().stream().filter(FieldDefinition::unique).forEach(field -> keys.add(key(field)));
        return keys.isEmpty()
                ? List.of()
                : List.of(new CsdlAnnotation()
                        .setTerm(TERM.getFullQualifiedNameAsString())
                        .setExpression(new CsdlCollection().setItems(keys)));
    }

    private static CsdlRecord key(FieldDefinition field) {
        CsdlRecord part = new CsdlRecord()
                .setType(NAMESPACE + ".PropertyRef")
                .setPropertyValues(List.of(
                        value("Name", new CsdlPropertyPath().setValue(field.property())),
                        value("Alias", new CsdlConstantExpression(ConstantExpressionType.String, field.property()))));
        return new CsdlRecord()
                .setType(NAMESPACE + ".AlternateKey")
                .setPropertyValues(List.of(value("Key", new CsdlCollection().setItems(List.of(part)))));
    }

    private static CsdlPropertyValue value(String property, CsdlExpression value) {
        return new CsdlPropertyValue().setProperty(property).setValue(value);
    }
}
