package io.relata.core.odata;

import io.relata.core.metadata.ActionDefinition;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAction;
import org.apache.olingo.commons.api.edm.provider.CsdlParameter;
import org.apache.olingo.commons.api.edm.provider.CsdlReturnType;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;

/// What can be done to records, in OData's terms: our own actions in our namespace, each plugin's in a namespace that
/// is
/// named like the plugin.
final class EdmActions {

    private final MetadataSnapshot snapshot;

    EdmActions(MetadataSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /// Returns our own actions.
    List<CsdlAction> own() {
        return snapshot.entities().stream()
                .map(entity -> action(TenantEdmProvider.RESTORE.getName(), entity, List.of()))
                .toList();
    }

    /// Returns the actions with the name, one for each entity that has it.
    List<CsdlAction> named(FullQualifiedName name) {
        if (name.equals(TenantEdmProvider.RESTORE)) {
            return own();
        }
        return byPlugin().getOrDefault(name.getNamespace(), List.of()).stream()
                .filter(action -> action.getName().equals(name.getName()))
                .toList();
    }

    /// Returns a schema for each plugin that has actions.
    List<CsdlSchema> schemas() {
        List<CsdlSchema> schemas = new ArrayList<>();
        byPlugin().forEach((plugin, actions) -> {
            CsdlSchema schema = new CsdlSchema();
            schema.setNamespace(plugin);
            schema.setActions(actions);
            schemas.add(schema);
        });
        return schemas;
    }

    private Map<String, List<CsdlAction>> byPlugin() {
        Map<String, List<CsdlAction>> actions = new TreeMap<>();
        for (EntityDefinition entity : snapshot.entities()) {
            for (ActionDefinition action : entity.actions()) {
                actions.computeIfAbsent(String.valueOf(entity.plugin()), plugin -> new ArrayList<>())
                        .add(action(
                                action.name(),
                                entity,
                                action.parameters().stream()
                                        .map(EdmActions::parameter)
                                        .toList()));
            }
        }
        return actions;
    }

    private static CsdlAction action(String name, EntityDefinition entity, List<CsdlParameter> further) {
        FullQualifiedName type = new FullQualifiedName(TenantEdmProvider.NAMESPACE, entity.name());
        List<CsdlParameter> parameters = new ArrayList<>();
        parameters.add(new CsdlParameter().setName("record").setType(type).setNullable(false));
        parameters.addAll(further);
        return new CsdlAction()
                .setName(name)
                .setBound(true)
                .setParameters(parameters)
                .setReturnType(new CsdlReturnType().setType(type).setNullable(false));
    }

    private static CsdlParameter parameter(FieldDefinition field) {
        return new CsdlParameter()
                .setName(field.property())
                .setType(EdmTypes.of(field).getFullQualifiedName())
                .setCollection(field.kind() == ValueKind.LIST)
                .setNullable(!field.required());
    }
}
