package io.relata.tenantadmin.problem;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Writes problem documents.
public final class Problems {
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    public static JsonObject render(ProblemCode code, List<Violation> violations, Locale locale, UUID instance) {
        JsonObjectBuilder problem = Json.createObjectBuilder()
                .add("type", "urn:relata:problem:" + code.key())
                .add("title", Messages.text(locale, "problem." + code.key() + ".title", List.of()))
                .add("status", code.status())
                .add("detail", Messages.text(locale, "problem." + code.key() + ".detail", List.of()))
                .add("instance", "urn:uuid:" + instance);
        if (!violations.isEmpty()) {
            JsonArrayBuilder list = Json.createArrayBuilder();
            for (Violation violation : violations) {
                list.add(Json.createObjectBuilder()
                        .add("field", violation.field())
                        .add("code", violation.code())
                        .add("message", Messages.text(locale, "violation." + violation.code(), violation.arguments())));
            }
            problem.add("violations", list);
        }
        return problem.build();
    }
}
