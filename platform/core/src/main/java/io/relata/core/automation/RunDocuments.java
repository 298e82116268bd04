package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.automation.AutomationRun.Entry;
import io.relata.core.problem.Violation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How runs keep what was done, and why they failed.
final class RunDocuments {

    private static final int LONGEST = 500;

    private RunDocuments() {}

    static ArrayNode reason(List<Violation> violations) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Violation violation : violations) {
            ObjectNode node = array.addObject().put("field", violation.field()).put("code", violation.code());
            ArrayNode arguments = node.putArray("arguments");
            for (Object argument : violation.arguments()) {
                switch (argument) {
                    case Integer number -> arguments.add(number);
                    case Long number -> arguments.add(number);
                    case BigDecimal number -> arguments.add(number);
                    default -> arguments.add(storable(argument.toString()));
                }
            }
        }
        return array;
    }

    static List<Violation> reason(JsonNode array) {
        List<Violation> violations = new ArrayList<>();
        for (JsonNode node : array) {
            List<Object> arguments = new ArrayList<>();
            node.path("arguments").forEach(one -> arguments.add(one.isNumber() ? one.numberValue() : one.asText()));
            violations.add(new Violation(
                    node.path("field").textValue(), node.path("code").asText(), arguments));
        }
        return violations;
    }

    static ObjectNode entry(Instant at, String step, String outcome, @Nullable String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", at.toString())
                .put("step", step)
                .put("outcome", outcome)
                .put("detail", detail);
    }

    static List<Entry> log(JsonNode array) {
        List<Entry> log = new ArrayList<>();
        array.forEach(node -> log.add(new Entry(
                Instant.parse(node.path("at").asText()),
                node.path("step").asText(),
                node.path("outcome").asText(),
                node.path("detail").textValue())));
        return log;
    }

    /// The database's jsonb holds no NUL and need not hold a novel.
    private static String storable(String text) {
        String shorter = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return shorter.replace('\u0000', '\uFFFD');
    }
}
