package io.relata.core.metadata;

import io.relata.core.metadata.type.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads how an entity's records are shown: its views and its layout.
final class ViewReader {

    private static final Set<String> SYSTEM = Set.of("createdAt", "createdBy", "updatedAt", "updatedBy");

    private final DefinitionSource source;

    ViewReader(DefinitionSource source) {
        this.source = source;
    }

    List<View> views(DefinitionInput entity, List<FieldDefinition> fields) {
        List<View> views = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (DefinitionInput input : entity.objects("views")) {
            View view = view(input, fields);
            if (!keys.add(view.key())) {
                input.reject("key", "name-duplicate", view.key());
            }
            views.add(view);
        }
        return views;
    }

    Layout layout(DefinitionInput entity, List<FieldDefinition> fields) {
        if (!entity.has("layout")) {
            return derived(fields);
        }
        DefinitionInput input = entity.object("layout");
        List<Layout.Section> sections = new ArrayList<>();
        Set<String> placed = new HashSet<>();
        for (DefinitionInput section : input.objects("sections")) {
            List<String> names = known(section, "fields", fields, false);
            for (String name : names) {
                if (!placed.add(name)) {
                    section.reject("fields", "name-duplicate", name);
                }
            }
            sections.add(new Layout.Section(section.label("label", source.speaksEveryLanguage()), names));
            section.done();
        }
        input.done();
        if (source != DefinitionSource.SOLUTION) {
            List<FieldDefinition> rest = fields.stream()
                    .filter(field ->
                            !placed.contains(field.name()) && (!source.managed() || ComponentKey.isOwn(field.name())))
                    .toList();
            Derived.ownFields(rest).ifPresent(sections::add);
        }
        return new Layout(sections);
    }

    private Layout derived(List<FieldDefinition> fields) {
        if (!source.managed()) {
            return Derived.layout(fields);
        }
        Map<Boolean, List<FieldDefinition>> own =
                fields.stream().collect(Collectors.partitioningBy(field -> ComponentKey.isOwn(field.name())));
        List<Layout.Section> sections = new ArrayList<>(
                Derived.layout(own.getOrDefault(false, List.of())).sections());
        Derived.ownFields(own.getOrDefault(true, List.of())).ifPresent(sections::add);
        return new Layout(sections);
    }

    private View view(DefinitionInput input, List<FieldDefinition> fields) {
        String key = input.text("key");
        if (!key.isEmpty() && !key.matches("[a-z][A-Za-z0-9_-]{0,40}")) {
            input.reject("key", "key-invalid");
        }
        View.Kind kind = kind(input);
        List<String> columns = known(input, "columns", fields, true);
        if (columns.isEmpty()) {
            input.reject("columns", "required");
        }
        String groupBy = input.optionalText("groupBy");
        if (kind == View.Kind.BOARD && !hasOptions(fields, groupBy)) {
            input.reject("groupBy", "board-needs-picklist");
        }
        String sum = input.optionalText("sum");
        if (sum != null && find(fields, sum).filter(ViewReader::addable).isEmpty()) {
            input.reject("sum", "sum-needs-number");
        }
        View view = new View(
                key,
                input.label("label", source.speaksEveryLanguage()),
                kind,
                columns,
                sort(input, fields),
                groupBy,
                sum,
                input.optionalText("filter"));
        input.done();
        return view;
    }

    private static View.Kind kind(DefinitionInput input) {
        String kind = input.optionalText("kind");
        if (kind != null && View.Kind.of(kind).isEmpty()) {
            input.reject("kind", "kind-unknown");
        }
        return Optional.ofNullable(kind).flatMap(View.Kind::of).orElse(View.Kind.LIST);
    }

    private static List<View.Sort> sort(DefinitionInput input, List<FieldDefinition> fields) {
        List<View.Sort> sort = new ArrayList<>();
        for (DefinitionInput level : input.objects("sort")) {
            String name = level.text("field");
            if (!name.isEmpty() && find(fields, name).isEmpty() && !SYSTEM.contains(name)) {
                level.reject("field", "field-unknown", name);
            }
            sort.add(new View.Sort(name, level.flag("desc", false)));
            level.done();
        }
        return sort;
    }

    private static List<String> known(
            DefinitionInput input, String member, List<FieldDefinition> fields, boolean systemToo) {
        List<String> names = input.texts(member);
        for (String name : names) {
            if (find(fields, name).isEmpty() && !(systemToo && SYSTEM.contains(name))) {
                input.reject(member, "field-unknown", name);
            }
        }
        return names;
    }

    private static boolean hasOptions(List<FieldDefinition> fields, @Nullable String name) {
        return name != null
                && find(fields, name)
                        .filter(field -> field.type().has(Setting.OPTIONS))
                        .isPresent();
    }

    private static boolean addable(FieldDefinition field) {
        return field.kind() == ValueKind.INTEGER || field.kind() == ValueKind.DECIMAL;
    }

    private static Optional<FieldDefinition> find(List<FieldDefinition> fields, String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
