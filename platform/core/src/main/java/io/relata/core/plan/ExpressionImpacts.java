package io.relata.core.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.Conditions;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.Rule;
import io.relata.core.record.RecordTrial;
import io.relata.core.record.RecordTrial.Outcome;
import io.relata.core.record.RecordTrial.Sample;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Tries the rules, conditions and formulas that a change brings on the newest records.
final class ExpressionImpacts {

    private static final int SAMPLES = 10;

    private final DSLContext sql;
    private final CallContext context;
    private final Proposal proposal;
    private final Clock clock;
    private final Map<String, RecordTrial> trials = new HashMap<>();

    ExpressionImpacts(DSLContext sql, CallContext context, Proposal proposal, Clock clock) {
        this.sql = sql;
        this.context = context;
        this.proposal = proposal;
        this.clock = clock;
    }

    void count(Change change, EntityDefinition before, EntityDefinition after, ObjectNode impact) {
        ComponentKey.Part part = change.component().part();
        if (part == ComponentKey.Part.ENTITY && change.touches("rules")) {
            List<Rule> fresh = after.rules().stream()
                    .filter(rule -> !before.rules().contains(rule))
                    .toList();
            if (!fresh.isEmpty()) {
                rules(trial(before, after), fresh, impact);
            }
        } else if (part == ComponentKey.Part.FIELD) {
            FieldDefinition field = after.field(change.component().name()).orElse(null);
            Formula required = field == null ? null : field.conditions().get(Conditions.REQUIRED);
            if (field != null && required != null && change.touches(Conditions.REQUIRED)) {
                required(trial(before, after), field, required, impact);
            }
            FieldDefinition computed = computed(after, field);
            if (computed != null && computed.formula() != null && change.touches("expression")) {
                formula(trial(before, after), computed, computed.formula(), impact);
            }
        }
    }

    private RecordTrial trial(EntityDefinition before, EntityDefinition after) {
        return trials.computeIfAbsent(
                after.name(), name -> Trials.of(sql, context, proposal.after(), before, after, clock));
    }

    /// Returns the field as it is going to be when what is stored of it has been computed.
    private static @Nullable FieldDefinition computed(EntityDefinition after, @Nullable FieldDefinition field) {
        return after.hidden().stream()
                .filter(place -> field != null
                        && place.of().equals(field.name())
                        && place.formula().isPresent())
                .map(place -> place.field())
                .findFirst()
                .orElse(field);
    }

    private void rules(RecordTrial trial, List<Rule> fresh, ObjectNode impact) {
        int broken = 0;
        int tooCostly = 0;
        for (Rule rule : fresh) {
            Outcome outcome = trial.condition(rule.bound(), values -> true);
            broken += outcome.counted();
            tooCostly += outcome.tooCostly();
            tried(outcome, impact);
            for (Sample sample : outcome.samples()) {
                sample(impact, sample, "rule-broken", rule.message().in(context.locale()), rule.name());
            }
        }
        impact.put("broken", broken);
        costly(tooCostly, impact);
    }

    private static void required(RecordTrial trial, FieldDefinition field, Formula required, ObjectNode impact) {
        Outcome outcome = trial.condition(required, values -> values.get(field.name()) == null);
        tried(outcome, impact);
        impact.put("unmet", outcome.counted());
        costly(outcome.tooCostly(), impact);
        outcome.samples().forEach(sample -> sample(impact, sample, "required"));
    }

    private static void formula(RecordTrial trial, FieldDefinition field, Formula formula, ObjectNode impact) {
        Outcome outcome = trial.formula(field, formula);
        tried(outcome, impact);
        impact.put("withoutValue", outcome.counted());
        costly(outcome.tooCostly(), impact);
        for (Sample sample : outcome.samples()) {
            if (sample.value() != null) {
                samples(impact).addObject().put("id", sample.id().toString()).set("value", sample.value());
            }
        }
    }

    private static void tried(Outcome outcome, ObjectNode impact) {
        impact.put("tried", Math.min(outcome.tried(), impact.path("tried").asInt(Integer.MAX_VALUE)));
    }

    private static void costly(int records, ObjectNode impact) {
        if (records > 0) {
            impact.put("tooCostly", records);
        }
    }

    private static ArrayNode samples(ObjectNode impact) {
        return impact.withArray("samples");
    }

    private static void sample(ObjectNode impact, Sample sample, String code, String... arguments) {
        if (samples(impact).size() < SAMPLES) {
            ArrayNode texts = JsonNodeFactory.instance.arrayNode();
            List.of(arguments).forEach(texts::add);
            samples(impact)
                    .addObject()
                    .put("id", sample.id().toString())
                    .put("code", code)
                    .<ObjectNode>set("arguments", texts);
        }
    }
}
