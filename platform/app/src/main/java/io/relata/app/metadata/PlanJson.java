package io.relata.app.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.KeptValues;
import io.relata.core.metadata.MetadataDiff;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataDiff.Operation;
import io.relata.core.plan.Plan;
import io.relata.core.plan.PlanService;
import io.relata.core.problem.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans as the API shows them.
final class PlanJson {

    /// What can be said against a change, by the count that says so.
    private static final Map<String, String> RISKS = new LinkedHashMap<>();

    static {
        RISKS.put("records", "risk.records-lost");
        RISKS.put("values", "risk.values-lost");
        RISKS.put("keptByPeople", "risk.kept-by-people");
        RISKS.put("fails", "risk.conversion-fails");
        RISKS.put("empty", "risk.required-empty");
        RISKS.put("clashes", "risk.unique-clashes");
        RISKS.put("tooLong", "risk.too-long");
        RISKS.put("outOfRange", "risk.out-of-range");
        RISKS.put("broken", "risk.rule-broken");
        RISKS.put("unmet", "risk.required-unmet");
        RISKS.put("tooCostly", "risk.too-costly");
    }

    private final Locale locale;

    PlanJson(Locale locale) {
        this.locale = locale;
    }

    /// Returns the plan without its changes.
    Map<String, Object> summary(Plan plan) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", plan.id().toString());
        body.put("title", plan.title());
        body.put("state", plan.state().code());
        body.put("baseVersion", plan.baseVersion());
        put(body, "version", plan.version());
        put(body, "reverts", plan.reverts());
        put(body, "revertedBy", plan.revertedBy());
        body.put("createdAt", plan.createdAt().toString());
        body.put("createdBy", plan.createdBy().toString());
        put(body, "appliedAt", plan.appliedAt());
        put(body, "appliedBy", plan.appliedBy());
        body.put("added", count(plan, Operation.ADD));
        body.put("changed", count(plan, Operation.CHANGE));
        body.put("removed", count(plan, Operation.REMOVE));
        body.put("jobs", plan.jobs().stream().map(Object::toString).toList());
        return body;
    }

    /// Returns the plan without its changes, with the fields whose values it keeps hidden.
    Map<String, Object> summary(Plan plan, List<KeptValues> kept) {
        Map<String, Object> body = summary(plan);
        if (!kept.isEmpty()) {
            body.put(
                    "kept",
                    kept.stream().map(values -> values.field().toString()).toList());
            body.put(
                    "keptEntities",
                    kept.stream()
                            .filter(KeptValues::records)
                            .map(values -> values.field().entity())
                            .toList());
            body.put("purgeFrom", PlanService.purgeFrom(plan).toString());
            body.put("purging", kept.stream().allMatch(KeptValues::going));
        }
        return body;
    }

    private static long count(Plan plan, Operation operation) {
        return plan.diff().changes().stream()
                .filter(change -> change.operation() == operation)
                .count();
    }

    Map<String, Object> whole(Plan plan) {
        Map<String, Object> body = summary(plan);
        body.put(
                "changes",
                plan.diff().changes().stream()
                        .map(change -> change(change, plan.impacts().get(change.component())))
                        .toList());
        List<Map<String, Object>> risks = new ArrayList<>();
        plan.impacts().forEach((component, impact) -> risks(component, impact, risks));
        body.put("risks", risks);
        return body;
    }

    private Map<String, Object> change(Change change, @Nullable ObjectNode impact) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("op", change.operation().name().toLowerCase(Locale.ROOT));
        body.put("component", change.component().toString());
        body.put("kind", change.component().part().name().toLowerCase(Locale.ROOT));
        body.put(
                "properties",
                change.properties().stream().map(PlanJson::property).toList());
        if (impact != null) {
            body.put("impact", impact(impact));
        }
        return body;
    }

    private static Map<String, Object> property(MetadataDiff.Property property) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", property.name());
        put(body, "old", property.old());
        put(body, "new", property.fresh());
        return body;
    }

    /// A value that cannot be converted says why in the reader's language.
    private JsonNode impact(ObjectNode impact) {
        ObjectNode shown = impact.deepCopy();
        for (JsonNode sample : shown.path("samples")) {
            if (sample.has("code")) {
                List<Object> arguments = new ArrayList<>();
                sample.path("arguments").forEach(argument -> arguments.add(argument(argument)));
                ((ObjectNode) sample)
                        .put(
                                "message",
                                Messages.text(locale, sample.path("code").asText(), arguments))
                        .remove("arguments");
            }
        }
        return shown;
    }

    private static Object argument(JsonNode node) {
        return node.isNumber() ? node.numberValue() : node.asText();
    }

    private void risks(ComponentKey component, ObjectNode impact, List<Map<String, Object>> risks) {
        RISKS.forEach((count, code) -> {
            if (impact.path(count).asLong() > 0) {
                risks.add(risk(component, code, impact.path(count).asLong()));
            }
        });
        impact.path("optionsInUse")
                .properties()
                .forEach(option -> risks.add(
                        risk(component, "risk.option-in-use", option.getValue().asLong(), option.getKey())));
        if (impact.has("counted")) {
            risks.add(risk(component, "risk.not-counted", 0));
        }
    }

    private Map<String, Object> risk(ComponentKey component, String code, long count, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(count));
        arguments.addAll(List.of(more));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("component", component.toString());
        body.put("code", code.substring("risk.".length()));
        body.put("count", count);
        body.put("message", Messages.text(locale, code, arguments));
        return body;
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value instanceof JsonNode ? value : value instanceof Long ? value : value.toString());
        }
    }
}
