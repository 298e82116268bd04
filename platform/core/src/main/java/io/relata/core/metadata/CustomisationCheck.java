package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Checks the documents that are going to differ, everything at once, and against all that stays.
final class CustomisationCheck {

    static final int MOST_FIELDS = 1_000;
    static final int MOST_ENTITIES = 1_000;

    private static final UUID NOBODY = new UUID(0, 0);

    private final Customisation current;
    private final Customisation target;
    private final Map<String, JsonNode> managed;
    private final MetadataSnapshot snapshot;
    private final Violations violations;
    private final Map<ComponentKey, FieldReader.Draft> fields = new HashMap<>();
    private final Map<String, EntityDefinition> entities = new LinkedHashMap<>();

    /// @param managed the plugins' definitions by component key
    /// @param snapshot what holds now
    CustomisationCheck(
            Customisation current,
            Customisation target,
            Map<String, JsonNode> managed,
            MetadataSnapshot snapshot,
            Violations violations) {
        this.current = current;
        this.target = target;
        this.managed = managed;
        this.snapshot = snapshot;
        this.violations = violations;
    }

    /// Returns the tenant's own fields in the documents that differ, as they are going to be.
    Map<ComponentKey, FieldReader.Draft> check() {
        Collection<String> differing = target.differing(current);
        snapshot.entities().stream()
                .filter(entity ->
                        !entity.custom() || target.document(entity.key()).isPresent())
                .forEach(entity -> entities.put(entity.name(), entity));
        for (String entity : differing) {
            target.document(entity).ifPresent(document -> check(entity, document));
        }
        checkTargets(differing);
        checkTogether();
        inferFormulas();
        long own = target.documents().values().stream()
                .filter(document -> !document.has(Customisation.EXTENDS))
                .count();
        if (own > MOST_ENTITIES) {
            violations.outside().add(Violation.of(null, "too-many-entities", MOST_ENTITIES));
        }
        return fields;
    }

    private void check(String entity, ObjectNode document) {
        List<Violation> found = violations.in(entity);
        if (document.has(Customisation.EXTENDS)) {
            checkExtension(entity, document, found);
        } else {
            EntityReader.Draft draft = new EntityReader(DefinitionSource.ADMINISTRATOR)
                    .read(document, new EntityReader.Identity(NOBODY, null), found);
            List<FieldReader.Draft> drafts = draft.fields();
            entities.put(draft.entity().name(), draft.entity());
            keep(entity, drafts);
            checkCount(drafts.size(), found);
        }
    }

    private void checkExtension(String entity, ObjectNode document, List<Violation> found) {
        JsonNode base = managed.get(entity);
        if (base == null) {
            found.add(Violation.of(Customisation.EXTENDS, "extends-unknown", entity));
            return;
        }
        DefinitionInput input = new DefinitionInput(document, "", found);
        Overrides.check(input, document, base);
        List<FieldReader.Draft> own = new ArrayList<>();
        int index = 0;
        for (JsonNode field : document.path("fields")) {
            if (ComponentKey.isOwn(field.path("name").asText())) {
                own.add(new FieldReader(DefinitionSource.ADMINISTRATOR)
                        .read(new DefinitionInput(field, "fields[" + index + "]", found)));
            }
            index++;
        }
        ConditionReader.rules(input, DefinitionSource.ADMINISTRATOR);
        keep(entity, own);
        extend(entity, own);
        checkCount(base.path("fields").size() + own.size(), found);
        if (found.isEmpty()) {
            ObjectNode whole = Overrides.over(base, withoutWishes(document), true);
            List<Violation> merged = new ArrayList<>();
            new EntityReader(DefinitionSource.MERGED).read(whole, new EntityReader.Identity(NOBODY, entity), merged);
            merged.forEach(violation -> found.add(below(base, document, violation)));
        }
    }

    private void extend(String key, List<FieldReader.Draft> own) {
        snapshot.entities().stream().filter(one -> one.key().equals(key)).forEach(entity -> {
            List<FieldDefinition> all = new ArrayList<>(entity.fields().stream()
                    .filter(field -> !ComponentKey.isOwn(field.name()))
                    .toList());
            own.forEach(draft -> all.add(draft.field()));
            entities.put(entity.name(), entity.with(copy -> copy.fields(all)));
        });
    }

    /// A roll-up names other definitions, and a hierarchy its own entity.
    private void checkTogether() {
        checkLinks();
        RollUps rollUps = new RollUps(entities.values());
        checkRollUpsElsewhere(rollUps);
        fields.forEach((key, draft) -> {
            String entity = key.entity().substring(key.entity().indexOf('.') + 1);
            FieldDefinition field = draft.field();
            if (field.hierarchical() && !entity.equals(field.target())) {
                draft.input().reject("hierarchical", "hierarchy-target");
            }
            if (field.rollUp() != null && !same(key)) {
                rollUps.wrong(entity, field.name())
                        .ifPresent(wrong -> draft.input()
                                .reject(
                                        String.valueOf(wrong.field()),
                                        wrong.code(),
                                        wrong.arguments().toArray()));
            }
        });
    }

    /// A roll-up whose definition stays must not lose what it is reckoned from: it would stand still without a word.
    private void checkRollUpsElsewhere(RollUps after) {
        for (ActiveRollUp one : snapshot.rollUps().all()) {
            ComponentKey key =
                    ComponentKey.ofField(one.parent().key(), one.result().name());
            if (same(key)) {
                after.wrong(one.parent().name(), one.result().name())
                        .ifPresent(wrong -> violations
                                .outside()
                                .add(Violation.of(key.toString(), "roll-up-broken", key.toString())));
            }
        }
    }

    /// What ties two others together does so from the beginning: the pairs of records that are there were not unique.
    private void checkLinks() {
        for (String key : target.differing(current)) {
            EntityDefinition entity = entities.get(key);
            if (entity == null || target.document(key).isEmpty()) {
                continue;
            }
            Optional<EntityDefinition> before = snapshot.entity(key);
            if (before.isPresent() && !Objects.equals(before.get().link(), entity.link())) {
                violations.in(key).add(Violation.of("link", "link-fixed"));
            } else {
                LinkedCollection.clashes(entity, entities)
                        .forEach(end -> violations
                                .in(key)
                                .add(Violation.of("link[" + end + "].collection", "link-name-taken")));
            }
        }
    }

    /// Formulas have the type of what they give; those that cannot be read are told of with the whole of the change.
    private void inferFormulas() {
        FormulaBinder binder = new FormulaBinder(entities);
        fields.replaceAll((key, draft) -> {
            EntityDefinition entity =
                    entities.get(key.entity().substring(key.entity().indexOf('.') + 1));
            return entity == null
                    ? draft
                    : new FieldReader.Draft(
                            binder.bound(entity, draft.field()).orElse(draft.field()), draft.indexed(), draft.input());
        });
    }

    private static JsonNode withoutWishes(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        for (JsonNode field : copy.path("fields")) {
            ((ObjectNode) field).remove("indexed");
        }
        return copy;
    }

    /// Fields are counted in the whole definition, plugin's first; the reader knows the tenant's document.
    private static Violation below(JsonNode base, ObjectNode document, Violation violation) {
        String field = violation.field();
        if (field == null || !field.startsWith("fields[")) {
            return violation;
        }
        int close = field.indexOf(']');
        int place = Integer.parseInt(field.substring("fields[".length(), close));
        String name = place < base.path("fields").size()
                ? base.path("fields").path(place).path("name").asText()
                : "";
        List<String> own = new ArrayList<>();
        document.path("fields").forEach(one -> own.add(one.path("name").asText()));
        int ownPlace = name.isEmpty() ? nthOwn(own, place - base.path("fields").size()) : own.indexOf(name);
        return new Violation(
                "fields[" + ownPlace + "]" + field.substring(close + 1), violation.code(), violation.arguments());
    }

    private static int nthOwn(List<String> names, int nth) {
        int seen = 0;
        for (int i = 0; i < names.size(); i++) {
            if (ComponentKey.isOwn(names.get(i)) && seen++ == nth) {
                return i;
            }
        }
        return -1;
    }

    private void keep(String entity, List<FieldReader.Draft> drafts) {
        drafts.forEach(
                draft -> fields.put(ComponentKey.ofField(entity, draft.field().name()), draft));
    }

    private static void checkCount(int count, List<Violation> found) {
        if (count > MOST_FIELDS) {
            found.add(Violation.of("fields", "too-many-fields", MOST_FIELDS));
        }
    }

    /// A lookup that was left without its entity by a plugin that went does not stop other changes.
    private void checkTargets(Collection<String> differing) {
        Set<String> names = new HashSet<>();
        snapshot.entities().stream().filter(entity -> !entity.custom()).forEach(entity -> names.add(entity.name()));
        target.documents().forEach((entity, document) -> {
            if (!document.has(Customisation.EXTENDS)) {
                names.add(document.path("name").asText());
            }
        });
        fields.forEach((key, draft) -> {
            String member = draft.field().polymorphic() ? "targets" : "target";
            if (!same(key)) {
                draft.field().targets().stream()
                        .filter(pointed -> !pointed.isEmpty() && !names.contains(pointed))
                        .forEach(pointed -> draft.input().reject(member, "target-unknown", pointed));
            }
        });
        for (String entity : differing) {
            if (target.document(entity).isEmpty() && !names.contains(entity)) {
                pointingAt(entity)
                        .forEach((key, label) ->
                                violations.outside().add(Violation.of(entity, "entity-in-use", key.toString())));
            }
        }
    }

    private boolean same(ComponentKey key) {
        Optional<ObjectNode> before = current.component(key);
        return before.isPresent() && before.equals(target.component(key));
    }

    private Map<ComponentKey, String> pointingAt(String entity) {
        Map<ComponentKey, String> pointing = new LinkedHashMap<>();
        target.components().forEach((key, properties) -> {
            boolean points = properties.path("target").asText().equals(entity);
            for (JsonNode target : properties.path("targets")) {
                points = points || target.asText().equals(entity);
            }
            if (key.part() == ComponentKey.Part.FIELD && points) {
                pointing.put(key, entity);
            }
        });
        return pointing;
    }
}
