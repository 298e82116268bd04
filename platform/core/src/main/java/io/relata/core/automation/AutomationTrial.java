package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.expression.Budget;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.ValueKind;
import io.relata.core.notification.Notifications;
import io.relata.core.query.NeighbourReader;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordReader;
import io.relata.core.query.Sort;
import io.relata.core.query.Value;
import io.relata.core.record.Document;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordValues;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Says what an automation would do to the newest records if it took them on now. Nothing is written.
public final class AutomationTrial {

    private static final int RECORDS = 1_000;
    private static final int SAMPLES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Value.Path ID =
            new Value.Path(List.of(), new Property.OfRecord(Property.OfRecord.ID, ValueKind.UUID));

    private final Automations.Parts parts;

    AutomationTrial(Automations.Parts parts) {
        this.parts = parts;
    }

    /// What came of it.
    ///
    /// @param tried     the records looked at
    /// @param matching  those that would be taken on
    /// @param tooCostly those for which the expressions take too much work
    /// @param complete  whether there was time for all
    public record Outcome(int tried, int matching, int tooCostly, boolean complete, List<Sample> samples) {

        public Outcome {
            samples = List.copyOf(samples);
        }
    }

    /// One that would be taken on.
    ///
    /// @param read    what the automation reads of it, by property
    /// @param effects of its steps, in order, waits left out
    public record Sample(UUID id, Map<String, JsonNode> read, List<Effect> effects) {}

    /// What a step would do.
    ///
    /// @param does   as the definition says it
    /// @param entity whose record it would write; `null` when it would write none
    /// @param values by property
    public record Effect(String step, String does, @Nullable String entity, Map<String, @Nullable Object> values) {}

    /// Tries a definition.
    ///
    /// @throws ProblemException FORBIDDEN; VALIDATION with everything that is wrong
    public Outcome run(CallContext context, JsonNode body) {
        Automations.require(context);
        var snapshot = parts.metadata().apply(context.tenant());
        AutomationDefinition definition = AutomationDefinition.read(body, snapshot);
        EntityDefinition entity = definition.entity();
        return parts.transactions().call(context, sql -> {
            Query newest = new Query(
                    Query.Selection.all(entity),
                    List.of(new Sort(ID, true)),
                    List.of(),
                    List.of(),
                    RECORDS,
                    false,
                    0,
                    null);
            List<UUID> ids = RecordReader.page(sql, context, newest, Way.TRIAL).records().stream()
                    .map(RecordData::id)
                    .toList();
            RecordValues values = RecordValues.of(
                    new WriteTransaction(sql, context, snapshot),
                    entity,
                    ids,
                    definition.formulas(),
                    new NeighbourReader(),
                    parts.clock().instant());
            return new Trying(context, definition, values).run(ids);
        });
    }

    private final class Trying {

        private final CallContext context;
        private final AutomationDefinition definition;
        private final RecordValues values;
        private final List<Sample> samples = new ArrayList<>();
        private int tried;
        private int matching;
        private int tooCostly;

        Trying(CallContext context, AutomationDefinition definition, RecordValues values) {
            this.context = context;
            this.definition = definition;
            this.values = values;
        }

        Outcome run(List<UUID> ids) {
            Instant until = parts.clock().instant().plus(PATIENCE);
            for (UUID id : ids) {
                if (parts.clock().instant().isAfter(until)) {
                    return new Outcome(tried, matching, tooCostly, false, samples);
                }
                tried++;
                try {
                    look(id);
                } catch (Budget.Exhausted exhausted) {
                    tooCostly++;
                }
            }
            return new Outcome(tried, matching, tooCostly, true, samples);
        }

        private void look(UUID id) {
            Formula condition = definition.condition();
            if (condition != null && !values.holds(id, condition)) {
                return;
            }
            matching++;
            if (samples.size() < SAMPLES) {
                samples.add(new Sample(id, read(id), effects(id)));
            }
        }

        private Map<String, JsonNode> read(UUID id) {
            Map<String, JsonNode> read = new LinkedHashMap<>();
            RecordData record = values.record(id);
            for (FieldDefinition field : definition.entity().fields()) {
                boolean named = definition.formulas().stream()
                        .anyMatch(formula -> formula.sources().containsKey(List.of(field.name())));
                if (record != null && named && !field.virtual()) {
                    read.put(field.property(), Document.shown(field, Document.json(record.value(field.name()))));
                }
            }
            return read;
        }

        private List<Effect> effects(UUID id) {
            List<Effect> effects = new ArrayList<>();
            List<Step> steps = definition.steps();
            int place = 0;
            while (place < steps.size()) {
                Step step = steps.get(place);
                place = switch (step) {
                    case Step.Branch branch -> values.holds(id, branch.condition()) ? place + 1 : branch.otherwise();
                    case Step.Jump jump -> jump.target();
                    case Step.Stop stop -> steps.size();
                    default -> place + 1;
                };
                effect(id, step, effects);
            }
            return effects;
        }

        private String text(UUID id, Step.Notify notify) {
            return Notifications.text(notify.text(), definition.entity(), values.record(id), context);
        }

        private void effect(UUID id, Step step, List<Effect> effects) {
            String name = definition.entity().name();
            switch (step) {
                case Step.Update update ->
                    effects.add(new Effect(step.path(), "update", name, StepWork.values(values, id, update.values())));
                case Step.Create create ->
                    effects.add(new Effect(step.path(), "create", create.entity(), StepWork.made(values, id, create)));
                case Step.Assign assign ->
                    effects.add(new Effect(
                            step.path(),
                            "assign",
                            name,
                            Map.of("owner", assign.owners().getFirst().toString())));
                case Step.Notify notify ->
                    effects.add(new Effect(step.path(), "notify", null, Map.of("text", text(id, notify))));
                default -> {}
            }
        }
    }
}
