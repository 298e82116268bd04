package io.relata.app.metadata;

import io.relata.core.expression.WrittenTree;
import io.relata.core.metadata.Conditions;
import io.relata.core.metadata.DisplayFormat;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldAccess;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.Layout;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.RollUp;
import io.relata.core.metadata.Rule;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.View;
import io.relata.core.metadata.type.FieldType;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import io.relata.core.query.Sort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Metadata in the form the UI draws itself from. Absent members are left out.
final class MetadataJson {

    private MetadataJson() {}

    static Map<String, Object> snapshot(MetadataSnapshot snapshot) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", snapshot.version());
        body.put(
                "entities",
                snapshot.entities().stream().map(MetadataJson::entity).toList());
        body.put(
                "navigation",
                snapshot.navigation().stream()
                        .map(area -> Map.of("label", area.label().texts(), "entities", area.entities()))
                        .toList());
        body.put("fieldTypes", FieldTypes.ALL.stream().map(FieldType::typeName).toList());
        return body;
    }

    static Map<String, Object> entity(EntityDefinition entity) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", entity.name());
        body.put("setName", entity.setName());
        body.put("key", entity.key());
        body.put("custom", entity.custom());
        body.put("label", entity.label().texts());
        body.put("pluralLabel", entity.pluralLabel().texts());
        putIfPresent(body, "icon", entity.icon());
        body.put("nameField", entity.nameField());
        body.put("fields", entity.fields().stream().map(MetadataJson::field).toList());
        body.put(
                "keys",
                entity.keys().stream()
                        .map(key -> Map.of(
                                "name",
                                key.name(),
                                "fields",
                                key.fields().stream().map(FieldDefinition::name).toList()))
                        .toList());
        if (entity.link() != null) {
            body.put(
                    "link",
                    entity.link().ends().stream()
                            .map(end -> Map.of("lookup", end.lookup(), "collection", end.collection()))
                            .toList());
        }
        body.put("views", entity.views().stream().map(MetadataJson::view).toList());
        body.put("layout", layout(entity.layout()));
        body.put("rules", entity.rules().stream().map(MetadataJson::rule).toList());
        return body;
    }

    static Map<String, Object> field(FieldDefinition field) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", field.name());
        body.put("property", field.property());
        body.put("type", field.type().typeName());
        body.put("label", field.label().texts());
        putIfPresent(body, "help", field.help() == null ? null : field.help().texts());
        body.put("required", field.required());
        body.put("readOnly", field.readOnly());
        body.put("unique", field.unique());
        body.put("searchable", field.searchable());
        body.put("audited", field.audited());
        if (field.access() != FieldAccess.UPDATE) {
            body.put("access", field.access().code());
        }
        if (field.personal()) {
            body.put("personal", true);
        }
        if (field.sensitive()) {
            body.put("sensitive", true);
        }
        if (field.masked()) {
            body.put("masked", true);
        }
        body.put("indexed", field.indexed());
        body.put("filterable", field.kind() != ValueKind.SECRET);
        body.put("sortable", Sort.possible(field));
        putIfPresent(body, "default", field.defaultValue());
        for (Setting<?> setting : field.type().settings()) {
            Object value = field.settings().get(setting);
            putIfPresent(body, setting.name(), setting.equals(Setting.OPTIONS) ? options(field.options()) : value);
        }
        DisplayFormat format = field.settings().get(Setting.FORMAT);
        putIfPresent(body, "format", format == null ? null : format.members());
        if (field.rollUp() != null) {
            body.put("rollUp", rollUp(field.rollUp()));
        }
        if (field.type().isLookup()) {
            if (!field.polymorphic()) {
                body.put("navigation", field.name());
            }
            body.put("onDelete", field.onDelete().code());
        }
        Formula formula = field.formula();
        if (formula != null) {
            body.put("formula", Map.of("expression", formula.expression().text(), "stored", formula.stored()));
        }
        putConditions(body, field.conditions());
        return body;
    }

    private static void putConditions(Map<String, Object> body, Conditions conditions) {
        for (String member : Conditions.MEMBERS) {
            putIfPresent(body, member, conditions.texts().get(member));
        }
        if (!conditions.options().isEmpty()) {
            body.put(
                    "optionsWhen",
                    conditions.options().entrySet().stream()
                            .map(option -> Map.of(
                                    "value",
                                    option.getKey(),
                                    "when",
                                    option.getValue().expression().text()))
                            .toList());
        }
        putIfPresent(body, "conditions", trees(conditions));
    }

    /// Returns what a browser computes while somebody types; `null` when there is nothing. What a new record begins
    /// with
    /// is the server's to say.
    private static @Nullable Map<String, Object> trees(Conditions conditions) {
        Map<String, Object> trees = new LinkedHashMap<>();
        for (String member : List.of(Conditions.REQUIRED, Conditions.READ_ONLY, Conditions.VISIBLE)) {
            Formula formula = conditions.get(member);
            putIfPresent(trees, member, formula == null ? null : tree(formula));
        }
        Map<String, Object> options = new LinkedHashMap<>();
        conditions.options().forEach((value, formula) -> options.put(value, tree(formula)));
        putIfPresent(trees, "options", options.isEmpty() ? null : options);
        return trees.isEmpty() ? null : trees;
    }

    private static Map<String, Object> tree(Formula formula) {
        return WrittenTree.of(formula.expression().root());
    }

    static Map<String, Object> rule(Rule rule) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", rule.name());
        body.put("refuseWhen", rule.refuseWhen());
        body.put("message", rule.message().texts());
        putIfPresent(body, "field", rule.field());
        return body;
    }

    private static Map<String, Object> rollUp(RollUp rollUp) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("of", rollUp.of());
        body.put("by", rollUp.by());
        putIfPresent(body, "through", rollUp.through());
        if (rollUp.tree()) {
            body.put("tree", true);
        }
        body.put("function", rollUp.function().code());
        putIfPresent(body, "field", rollUp.field());
        putIfPresent(body, "filter", rollUp.filter());
        putIfPresent(body, "orderBy", rollUp.orderBy());
        return body;
    }

    private static List<Map<String, Object>> options(List<PicklistOption> options) {
        return IntStream.range(0, options.size())
                .mapToObj(order -> option(options.get(order), order))
                .toList();
    }

    private static Map<String, Object> option(PicklistOption option, int order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("value", option.value());
        body.put("label", option.label().texts());
        putIfPresent(body, "color", option.color());
        body.put("order", order);
        body.put("active", option.active());
        if (!option.under().isEmpty()) {
            body.put("under", option.under());
        }
        return body;
    }

    private static Map<String, Object> view(View view) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("key", view.key());
        body.put("label", view.label().texts());
        body.put("kind", view.kind().code());
        body.put("columns", view.columns());
        body.put(
                "sort",
                view.sort().stream()
                        .map(sort -> Map.of("field", sort.field(), "desc", sort.descending()))
                        .toList());
        putIfPresent(body, "groupBy", view.groupBy());
        putIfPresent(body, "sum", view.sum());
        putIfPresent(body, "filter", view.filter());
        return body;
    }

    private static Map<String, Object> layout(Layout layout) {
        return Map.of(
                "sections",
                layout.sections().stream()
                        .map(section -> Map.of("label", section.label().texts(), "fields", section.fields()))
                        .toList());
    }

    private static void putIfPresent(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
