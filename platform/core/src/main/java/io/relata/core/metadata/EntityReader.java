package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads an entity's definition, from a solution file, a request or the store, and checks what can be seen
/// from the definition alone.
final class EntityReader {

    /// The most characters that an index row surely holds.
    private static final int KEY_LENGTH = Slots.GREATEST_LENGTH;

    private final DefinitionSource source;
    private final FieldReader fieldReader;
    private final ViewReader viewReader;

    EntityReader(DefinitionSource source) {
        this.source = source;
        this.fieldReader = new FieldReader(source);
        this.viewReader = new ViewReader(source);
    }

    /// An entity as it was written, with its fields as they were.
    ///
    /// @param indexes over several of its fields
    record Draft(
            EntityDefinition entity,
            List<FieldReader.Draft> fields,
            List<RecordIndex> indexes,
            DefinitionInput input) {}

    /// What the text of a definition does not say about the entity.
    ///
    /// @param solution the key of the solution; `null` for a tenant's own
    record Identity(UUID id, @Nullable String solution) {}

    Draft read(JsonNode json, Identity identity, List<Violation> violations) {
        DefinitionInput input = new DefinitionInput(json, "", violations);
        String name = source.name(input);
        Link link = Link.read(input, source).orElse(null);
        List<FieldReader.Draft> drafts = ends(link, input, readFields(input));
        List<FieldDefinition> fields =
                drafts.stream().map(FieldReader.Draft::field).toList();
        LocalizedText plural = input.label("pluralLabel", source.speaksEveryLanguage());
        String nameField = nameField(input, fields);
        List<View> views = viewReader.views(input, fields);
        EntityDefinition entity = EntityDefinition.builder(
                        identity.id(), name, input.label("label", source.speaksEveryLanguage()))
                .plugin(identity.solution())
                .setName(setName(input, name))
                .family(family(input))
                .pluralLabel(plural)
                .icon(input.optionalText("icon"))
                .nameField(nameField)
                .fields(fields)
                .keys(keys(input, fields))
                .views(views.isEmpty() ? List.of(Derived.listView(plural, nameField, fields)) : views)
                .layout(viewReader.layout(input, fields))
                .actions(source.managed() ? actions(input) : List.of())
                .rules(ConditionReader.rules(input, source))
                .link(link)
                .build();
        List<RecordIndex> indexes = source.managed() ? indexes(input, entity) : List.of();
        checkShared(entity, drafts);
        input.done();
        List<List<String>> slots = indexes.stream().map(RecordIndex::slots).toList();
        return new Draft(entity.with(indexed -> indexed.indexes(slots)), drafts, indexes, input);
    }

    /// The slots of the shared table have indexes for the sake of tenants' own entities.
    private static void checkShared(EntityDefinition entity, List<FieldReader.Draft> drafts) {
        if (entity.family().equals(EntityDefinition.SHARED_FAMILY)) {
            drafts.stream()
                    .filter(draft ->
                            draft.field().slot() != null && !draft.field().indexed())
                    .forEach(draft -> draft.input().reject(Setting.INDEXED.name(), "indexed-shared"));
        }
    }

    private static List<FieldReader.Draft> ends(
            @Nullable Link link, DefinitionInput input, List<FieldReader.Draft> drafts) {
        if (link == null) {
            return drafts;
        }
        link.check(input, drafts);
        return drafts.stream().map(link::end).toList();
    }

    /// Reads fields for an entity that exists already.
    List<FieldReader.Draft> readFields(DefinitionInput input, Set<String> takenNames) {
        List<FieldReader.Draft> drafts =
                input.objects("fields").stream().map(fieldReader::read).toList();
        FieldReader.checkNames(drafts, takenNames);
        FieldReader.checkSlots(drafts);
        return drafts;
    }

    private List<FieldReader.Draft> readFields(DefinitionInput input) {
        List<FieldReader.Draft> drafts = readFields(input, Set.of());
        FieldReader.checkNeighbours(drafts, List.of());
        if (drafts.isEmpty()) {
            input.reject("fields", "required");
        }
        return drafts;
    }

    private List<UniqueKey> keys(DefinitionInput input, List<FieldDefinition> fields) {
        List<UniqueKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        fields.forEach(field -> names.add(field.name()));
        for (DefinitionInput key : input.objects("keys")) {
            String name = key.text("name");
            if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,40}") || !names.add(name)) {
                key.reject("name", "name-duplicate", name);
            }
            List<FieldDefinition> together = new ArrayList<>();
            for (String part : key.texts("fields")) {
                Optional<FieldDefinition> field = fields.stream()
                        .filter(candidate -> candidate.name().equals(part) && Slots.fits(candidate))
                        .findFirst();
                field.ifPresentOrElse(together::add, () -> key.reject("fields", "key-field-wrong", part));
            }
            if (together.size() < 2
                    || together.stream().mapToInt(FieldDefinition::maxLength).sum() > KEY_LENGTH) {
                key.reject("fields", "key-fields", KEY_LENGTH);
            }
            key.done();
            keys.add(new UniqueKey(name, together));
        }
        return keys;
    }

    private List<ActionDefinition> actions(DefinitionInput input) {
        List<ActionDefinition> actions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (DefinitionInput action : input.objects("actions")) {
            String name = source.name(action);
            if (!names.add(name)) {
                action.reject("name", "name-duplicate", name);
            }
            actions.add(new ActionDefinition(
                    name, action.label("label", source.speaksEveryLanguage()), parameters(action)));
            action.done();
        }
        return actions;
    }

    private List<FieldDefinition> parameters(DefinitionInput action) {
        List<FieldReader.Draft> drafts =
                action.objects("parameters").stream().map(fieldReader::read).toList();
        FieldReader.checkNames(drafts, Set.of());
        for (FieldReader.Draft draft : drafts) {
            FieldDefinition parameter = draft.field();
            if (parameter.slot() != null || parameter.unique() || parameter.searchable() || parameter.readOnly()) {
                draft.input().reject("name", "parameter-stored");
            }
        }
        return drafts.stream().map(FieldReader.Draft::field).toList();
    }

    private static List<RecordIndex> indexes(DefinitionInput input, EntityDefinition entity) {
        List<RecordIndex> indexes = new ArrayList<>();
        for (DefinitionInput index : input.objects("indexes")) {
            List<String> slots = new ArrayList<>();
            List<String> names = index.texts("fields");
            if (names.size() < RecordIndex.LEAST_FIELDS || names.size() > RecordIndex.MOST_FIELDS) {
                index.reject("fields", "not-between", RecordIndex.LEAST_FIELDS, RecordIndex.MOST_FIELDS);
            }
            for (String name : names) {
                String slot = entity.field(name).map(FieldDefinition::slot).orElse(null);
                if (slot == null || slots.contains(slot)) {
                    index.reject("fields", "index-field-wrong", name);
                } else {
                    slots.add(slot);
                }
            }
            index.done();
            indexes.add(new RecordIndex(entity.table(), entity.id(), slots));
        }
        return indexes;
    }

    private String setName(DefinitionInput input, String name) {
        if (!source.managed()) {
            return name + "s";
        }
        String setName = input.text("setName");
        if (!setName.isEmpty() && !setName.matches("[a-z][A-Za-z0-9]{0,40}")) {
            input.reject("setName", "name-invalid-managed");
        }
        return setName;
    }

    private String family(DefinitionInput input) {
        String family = source.managed() ? input.optionalText("family") : null;
        return family == null ? EntityDefinition.SHARED_FAMILY : family;
    }

    private static String nameField(DefinitionInput input, List<FieldDefinition> fields) {
        List<String> candidates = new ArrayList<>();
        for (FieldDefinition field : fields) {
            if (field.type().canName()) {
                candidates.add(field.name());
            }
        }
        String written = input.optionalText("nameField");
        if (written == null && !candidates.isEmpty()) {
            return candidates.getFirst();
        }
        if (written == null || !candidates.contains(written)) {
            input.reject("nameField", "name-field-wrong");
            return fields.isEmpty() ? "" : fields.getFirst().name();
        }
        return written;
    }
}
