package io.relata.app.metadata;

import io.relata.app.identity.CurrentCall;
import io.relata.app.json.JsonReader;
import io.relata.core.Relata;
import io.relata.core.metadata.DefinitionInput;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.plan.Trials;
import io.relata.core.plan.Trials.Trial;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordTrial.Outcome;
import io.relata.core.record.RecordTrial.Sample;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Expressions tried on records before a definition has them.
@Dependent
@Path("metadata/trials")
public class TrialsResource {

    private static final String CONDITION = "refuseWhen";
    private static final String FORMULA = "expression";
    private static final int GREATEST_SCALE = 6;

    private final CurrentCall call;
    private final Trials trials;

    @Inject
    public TrialsResource(CurrentCall call, Relata relata) {
        this.call = call;
        this.trials = new Trials(relata::seen, relata.metadata(), relata.clock());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response run(InputStream body) {
        List<Violation> violations = new ArrayList<>();
        DefinitionInput asked = new DefinitionInput(JsonReader.tree(body), "", violations);
        String entity = asked.text("entity");
        String condition = asked.optionalText(CONDITION);
        String formula = asked.optionalText(FORMULA);
        Integer scale = asked.has("scale") ? Integer.valueOf(asked.number("scale", 0, 0, GREATEST_SCALE)) : null;
        asked.done();
        if ((condition == null) == (formula == null)) {
            asked.reject(FORMULA, "trial-expression");
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        Trial trial = condition == null
                ? trials.formula(call.context(), entity, FORMULA, Objects.requireNonNull(formula), scale)
                : trials.condition(call.context(), entity, CONDITION, condition);
        return Response.ok(body(trial), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Map<String, Object> body(Trial trial) {
        Outcome outcome = trial.outcome();
        FieldDefinition type = trial.type();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("records", outcome.tried());
        body.put("complete", outcome.complete());
        body.put("tooCostly", outcome.tooCostly());
        if (type == null) {
            body.put("refused", outcome.counted());
        } else {
            body.put("type", type.type().typeName());
            body.put("empty", outcome.counted());
        }
        body.put(
                "samples",
                outcome.samples().stream().map(TrialsResource::sample).toList());
        return body;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", sample.id().toString());
        body.put("reads", sample.read());
        if (sample.value() != null) {
            body.put("value", sample.value());
        }
        return body;
    }
}
