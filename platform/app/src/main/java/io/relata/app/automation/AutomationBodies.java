package io.relata.app.automation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.automation.Automation;
import io.relata.core.automation.AutomationRun;
import io.relata.core.automation.AutomationTrial;
import io.relata.core.problem.Messages;
import io.relata.core.record.JsonValues;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Automations as the API shows them.
final class AutomationBodies {

    private AutomationBodies() {}

    static Map<String, @Nullable Object> automation(Automation automation) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", automation.id().toString());
        automation.definition().properties().forEach(member -> body.put(member.getKey(), member.getValue()));
        body.put("version", automation.version());
        body.put("active", automation.active());
        body.put("pausedBecause", automation.pausedBecause());
        body.put("owner", automation.owner().toString());
        body.put("nextAt", automation.active() ? text(automation.nextAt()) : null);
        body.put(
                "counts",
                Map.of("waiting", automation.waiting(), "done", automation.done(), "failed", automation.failed()));
        body.put("millis", automation.millis());
        body.put("createdAt", automation.createdAt().toString());
        body.put("updatedAt", automation.updatedAt().toString());
        return body;
    }

    static Map<String, @Nullable Object> version(Automation.Version version) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("version", version.version());
        body.put("madeBy", version.madeBy().toString());
        body.put("madeAt", version.madeAt().toString());
        body.put("definition", version.definition());
        return body;
    }

    static Map<String, @Nullable Object> run(AutomationRun run, Locale locale) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("id", run.id().toString());
        body.put("version", run.version());
        body.put("record", run.record().toString());
        body.put("state", run.state().code());
        body.put("nextAt", text(run.nextAt()));
        body.put("reason", reason(run, locale));
        body.put("log", run.log().stream().map(AutomationBodies::entry).toList());
        body.put("createdAt", run.createdAt().toString());
        body.put("endedAt", text(run.endedAt()));
        return body;
    }

    private static @Nullable String reason(AutomationRun run, Locale locale) {
        String text = run.reason().stream()
                .map(why -> (why.field() == null ? "" : why.field() + ": ")
                        + Messages.text(locale, why.code(), why.arguments()))
                .collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }

    private static Map<String, @Nullable Object> entry(AutomationRun.Entry entry) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("at", entry.at().toString());
        body.put("step", entry.step());
        body.put("outcome", entry.outcome());
        body.put("detail", entry.detail());
        return body;
    }

    static Map<String, @Nullable Object> outcome(AutomationTrial.Outcome outcome) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("tried", outcome.tried());
        body.put("matching", outcome.matching());
        body.put("tooCostly", outcome.tooCostly());
        body.put("complete", outcome.complete());
        body.put(
                "samples",
                outcome.samples().stream().map(AutomationBodies::sample).toList());
        return body;
    }

    private static ObjectNode sample(AutomationTrial.Sample sample) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("id", sample.id().toString());
        ObjectNode read = body.putObject("read");
        sample.read().forEach(read::set);
        ArrayNode effects = body.putArray("effects");
        for (AutomationTrial.Effect effect : sample.effects()) {
            ObjectNode one = effects.addObject()
                    .put("step", effect.step())
                    .put("does", effect.does())
                    .put("entity", effect.entity());
            one.set("values", JsonValues.node(effect.values()));
        }
        return body;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
