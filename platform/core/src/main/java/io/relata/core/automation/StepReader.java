package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.LooseExpressions;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Form;
import io.relata.core.notification.Placeholders;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.FieldValues;
import io.relata.core.record.JsonValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the steps of an automation into a program.
final class StepReader {

    private static final int MOST = 30;
    private static final int DEEPEST = 3;
    private static final int MOST_PEOPLE = 50;
    private static final int TEXT_LENGTH = 500;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Values NONE = new Values(Map.of(), Map.of());

    private final MetadataSnapshot snapshot;
    private final EntityDefinition entity;
    private final List<Violation> violations;
    private final List<Step> program = new ArrayList<>();
    private int count;

    private record Values(Map<String, @Nullable Object> constants, Map<String, Step.Computed> formulas) {}

    StepReader(MetadataSnapshot snapshot, EntityDefinition entity, List<Violation> violations) {
        this.snapshot = snapshot;
        this.entity = entity;
        this.violations = violations;
    }

    List<Step> read(DefinitionInput input) {
        List<DefinitionInput> steps = input.objects("steps", MOST);
        if (steps.isEmpty()) {
            input.reject("steps", "automation-steps", MOST);
        }
        list(steps, "steps", 1);
        if (count > MOST) {
            input.reject("steps", "automation-steps", MOST);
        }
        return List.copyOf(program);
    }

    private void list(List<DefinitionInput> steps, String path, int depth) {
        for (int i = 0; i < steps.size(); i++) {
            count++;
            step(steps.get(i), path + "[" + i + "]", depth);
        }
    }

    private void step(DefinitionInput input, String path, int depth) {
        String does = input.text("do");
        switch (does) {
            case "update" -> {
                Values values = values(input, path, entity);
                if (values.constants().isEmpty() && values.formulas().isEmpty()) {
                    input.reject("values", "automation-values");
                }
                program.add(new Step.Update(path, written(values)));
            }
            case "create" -> create(input, path);
            case "assign" -> program.add(new Step.Assign(path, people(input, "owners", List.of())));
            case "notify" -> tell(input, path);
            case "wait" -> program.add(new Step.Wait(path, time(input)));
            case "branch" -> branch(input, path, depth);
            case "stop" -> program.add(new Step.Stop(path));
            default -> {
                if (!does.isEmpty()) {
                    input.reject("do", "automation-step", does);
                }
                return;
            }
        }
        input.done();
    }

    private static Step.Values written(Values values) {
        return new Step.Values(values.constants(), values.formulas());
    }

    private void branch(DefinitionInput input, String path, int depth) {
        String text = input.text("if");
        Formula condition = text.isEmpty()
                ? null
                : expression(() -> new LooseExpressions(snapshot, entity, path + ".if").condition(text));
        List<DefinitionInput> then = input.objects("then", MOST);
        List<DefinitionInput> otherwise = input.objects("else", MOST);
        if (depth == DEEPEST && !(then.isEmpty() && otherwise.isEmpty())) {
            input.reject("then", "automation-too-deep", DEEPEST);
            return;
        }
        int place = program.size();
        program.add(new Step.Stop(path));
        list(then, path + ".then", depth + 1);
        int end = program.size();
        program.add(new Step.Stop(path));
        list(otherwise, path + ".else", depth + 1);
        program.set(end, new Step.Jump(path, program.size()));
        if (condition != null) {
            program.set(place, new Step.Branch(path, condition, end + 1));
        }
    }

    private void create(DefinitionInput input, String path) {
        String name = input.text("entity");
        EntityDefinition made = snapshot.entity(name).orElse(null);
        if (made == null) {
            if (!name.isEmpty()) {
                input.reject("entity", "automation-entity", name);
            }
            input.get("values");
            input.get("formulas");
            input.get("links");
            return;
        }
        Values values = values(input, path, made);
        program.add(new Step.Create(path, name, written(values), links(input, path, made)));
    }

    private Map<String, @Nullable FieldDefinition> links(DefinitionInput input, String path, EntityDefinition made) {
        Map<String, @Nullable FieldDefinition> links = new LinkedHashMap<>();
        JsonNode named = input.get("links");
        if (named == null) {
            return links;
        }
        named.properties().forEach(member -> {
            String at = path + ".links." + member.getKey();
            FieldDefinition target = writable(made, member.getKey(), at);
            String from = member.getValue().asText();
            FieldDefinition source =
                    from.equals("id") ? null : entity.byProperty().get(from);
            if (target == null) {
                return;
            }
            List<String> itself = from.equals("id") ? List.of(entity.name()) : List.of();
            List<String> leadsTo = source == null ? itself : source.type().isLookup() ? source.targets() : List.of();
            if (!target.type().isLookup() || leadsTo.stream().noneMatch(target.targets()::contains)) {
                violations.add(Violation.of(at, "automation-link", from));
            }
            links.put(member.getKey(), source);
        });
        return links;
    }

    private Values values(DefinitionInput input, String path, EntityDefinition target) {
        JsonNode constants = input.get("values");
        JsonNode formulas = input.get("formulas");
        if ((constants != null && !constants.isObject()) || (formulas != null && !formulas.isObject())) {
            input.reject(constants != null && !constants.isObject() ? "values" : "formulas", "expects-object");
            return NONE;
        }
        Map<String, @Nullable Object> fixed = new LinkedHashMap<>();
        if (constants != null) {
            JsonValues.of(constants).forEach((property, value) -> {
                String at = path + ".values." + property;
                FieldDefinition field = writable(target, property, at);
                if (field != null) {
                    check(field, value, at);
                    fixed.put(property, value);
                }
            });
        }
        Map<String, Step.Computed> computed = new HashMap<>();
        if (formulas != null) {
            formulas.properties().forEach(member -> {
                String at = path + ".formulas." + member.getKey();
                FieldDefinition field = writable(target, member.getKey(), at);
                if (field != null) {
                    computed(field, member.getValue(), at, computed);
                }
            });
        }
        return new Values(fixed, computed);
    }

    private void computed(FieldDefinition field, JsonNode text, String at, Map<String, Step.Computed> computed) {
        if (!text.isTextual() || text.textValue().isBlank()) {
            violations.add(Violation.of(at, "expects-text"));
            return;
        }
        if (!field.kind().isScalar()) {
            violations.add(Violation.of(at, "automation-no-formula"));
            return;
        }
        Formula formula = expression(() -> new LooseExpressions(snapshot, entity, at).value(text.textValue(), field));
        if (formula != null) {
            computed.put(field.property(), new Step.Computed(field, formula));
        }
    }

    private void check(FieldDefinition field, @Nullable Object value, String at) {
        List<Violation> found = new ArrayList<>();
        Object parsed = FieldValues.parse(field, value, Form.JSON, found);
        FieldValues.check(field, parsed, found);
        if (parsed == null && found.isEmpty() && field.required()) {
            found.add(Violation.of(at, "required"));
        }
        found.forEach(one -> violations.add(new Violation(at, one.code(), one.arguments())));
    }

    private @Nullable FieldDefinition writable(EntityDefinition target, String property, String at) {
        FieldDefinition field = target.byProperty().get(property);
        if (field == null || field.readOnly() || field.kind() == ValueKind.SECRET) {
            String code = field == null && !FieldDefinition.RESERVED.contains(property) ? "unknown-field" : "read-only";
            violations.add(Violation.of(at, code));
            return null;
        }
        return field;
    }

    private @Nullable Formula expression(Supplier<Formula> read) {
        try {
            return read.get();
        } catch (ProblemException wrong) {
            violations.addAll(wrong.violations());
            return null;
        }
    }

    private void tell(DefinitionInput input, String path) {
        String text = input.text("text").strip();
        if (text.length() > TEXT_LENGTH) {
            input.reject("text", "too-long", TEXT_LENGTH);
        }
        Placeholders.in(text).stream()
                .filter(property -> !Placeholders.fillable(entity, property))
                .forEach(property -> input.reject("text", "automation-placeholder", property));
        List<String> named = input.texts("to");
        List<UUID> users = people(input, "to", List.of("owner", "creator"));
        program.add(new Step.Notify(path, named.contains("owner"), named.contains("creator"), users, text));
    }

    /// @param words that stand for somebody
    private static List<UUID> people(DefinitionInput input, String member, List<String> words) {
        List<UUID> people = new ArrayList<>();
        List<String> named = input.texts(member);
        if (named.isEmpty() || named.size() > MOST_PEOPLE) {
            input.reject(member, "automation-people", MOST_PEOPLE);
        }
        for (int i = 0; i < named.size(); i++) {
            if (!words.contains(named.get(i))) {
                try {
                    people.add(UUID.fromString(named.get(i)));
                } catch (IllegalArgumentException none) {
                    input.reject(member + "[" + i + "]", "user-missing");
                }
            }
        }
        return List.copyOf(people);
    }

    private static Duration time(DefinitionInput input) {
        Duration time = Duration.ofDays(input.number("days", 0, 0, (int) LONGEST.toDays()))
                .plusHours(input.number("hours", 0, 0, 23))
                .plusMinutes(input.number("minutes", 0, 0, 59));
        if (time.isZero()) {
            input.reject("days", "automation-wait");
        }
        return time;
    }
}
