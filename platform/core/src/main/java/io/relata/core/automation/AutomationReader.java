package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.LooseExpressions;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what an automation is to do, and collects everything that is wrong with it.
final class AutomationReader {

    private static final int NAME_LENGTH = 100;
    private static final int MOST_DAYS = 3_650;
    private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final MetadataSnapshot snapshot;
    private final List<Violation> violations = new ArrayList<>();

    AutomationReader(MetadataSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    AutomationDefinition read(JsonNode body) {
        DefinitionInput input = new DefinitionInput(body, "", violations);
        String name = input.text("name").strip();
        if (name.length() > NAME_LENGTH) {
            input.reject("name", "too-long", NAME_LENGTH);
        }
        String entityName = input.text("entity");
        boolean active = input.flag("active", true);
        EntityDefinition entity = snapshot.entity(entityName).orElse(null);
        if (entity == null) {
            if (!entityName.isEmpty()) {
                input.reject("entity", "automation-entity", entityName);
            }
            throw ProblemException.invalid(violations);
        }
        Trigger trigger = trigger(input.object("trigger"), entity);
        Formula condition = condition(input, "condition", entity);
        List<Step> steps = new StepReader(snapshot, entity, violations).read(input);
        input.done();
        if (!violations.isEmpty() || trigger == null) {
            throw ProblemException.invalid(violations);
        }
        return new AutomationDefinition(name, entity, trigger, condition, steps, active);
    }

    /// Returns the condition of a member; `null` when there is none, or it is wrong and violations were added.
    private @Nullable Formula condition(DefinitionInput input, String member, EntityDefinition entity) {
        String text = input.optionalText(member);
        if (text == null) {
            return null;
        }
        try {
            return new LooseExpressions(snapshot, entity, member).condition(text);
        } catch (ProblemException wrong) {
            violations.addAll(wrong.violations());
            return null;
        }
    }

    private @Nullable Trigger trigger(DefinitionInput input, EntityDefinition entity) {
        String on = input.text("on");
        Trigger trigger = switch (on) {
            case "created" -> new Trigger.Saved(true, false, Set.of());
            case "updated" -> new Trigger.Saved(false, true, fields(input, entity));
            case "saved" -> new Trigger.Saved(true, true, fields(input, entity));
            case "schedule" -> new Trigger.Scheduled(at(input), weekdays(input));
            case "date" -> dated(input, entity);
            case "manual" -> new Trigger.Manual();
            default -> {
                if (!on.isEmpty()) {
                    input.reject("on", "automation-trigger", on);
                }
                yield null;
            }
        };
        if (trigger != null) {
            input.done();
        }
        return trigger;
    }

    private static Set<String> fields(DefinitionInput input, EntityDefinition entity) {
        Set<String> fields = new HashSet<>();
        List<String> named = input.texts("fields");
        for (int i = 0; i < named.size(); i++) {
            FieldDefinition field = entity.byProperty().get(named.get(i));
            if (field == null || field.virtual()) {
                input.reject("fields[" + i + "]", "automation-field", named.get(i));
            } else {
                fields.add(field.property());
            }
        }
        return fields;
    }

    private static @Nullable Trigger dated(DefinitionInput input, EntityDefinition entity) {
        String name = input.text("field");
        int days = input.number("days", 0, -MOST_DAYS, MOST_DAYS);
        LocalTime at = at(input);
        FieldDefinition field = entity.byProperty().get(name);
        boolean dated = field != null
                && !field.virtual()
                && (field.kind() == ValueKind.DATE || field.kind() == ValueKind.INSTANT);
        if (!dated && !name.isEmpty()) {
            input.reject("field", "automation-date-field", name);
        }
        return dated && field != null ? new Trigger.Dated(field, days, at) : null;
    }

    private static LocalTime at(DefinitionInput input) {
        String text = input.text("at");
        try {
            return text.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(text);
        } catch (DateTimeException wrong) {
            input.reject("at", "automation-time", text);
            return LocalTime.MIDNIGHT;
        }
    }

    private static Set<DayOfWeek> weekdays(DefinitionInput input) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        List<String> named = input.texts("weekdays");
        for (int i = 0; i < named.size(); i++) {
            int day = WEEKDAYS.indexOf(named.get(i).toLowerCase(Locale.ROOT));
            if (day < 0) {
                input.reject("weekdays[" + i + "]", "automation-weekday", named.get(i));
            } else {
                days.add(DayOfWeek.of(day + 1));
            }
        }
        return days;
    }
}
