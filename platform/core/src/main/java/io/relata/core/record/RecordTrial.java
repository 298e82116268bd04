package io.relata.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.expression.Budget;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tries expressions on records that there are, as they would be computed if these were saved now. Nothing is written.
///
/// Each record has the budget of a save, all together have some seconds.
public final class RecordTrial {

    static final int SAMPLES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Neighbours neighbours;
    private final Clock clock;
    private final List<RecordDraft> drafts;

    /// @param entity  as it is going to be; fields that the records do not have yet are empty
    /// @param records with all that the expressions read
    public RecordTrial(
            WriteTransaction tx,
            EntityDefinition entity,
            List<RecordData> records,
            Neighbours neighbours,
            Clock clock) {
        this.tx = tx;
        this.entity = entity;
        this.neighbours = neighbours;
        this.clock = clock;
        this.drafts = records.stream()
                .map(record -> RecordValues.draft(entity, record))
                .toList();
    }

    /// What came of it.
    ///
    /// @param tried     the records looked at; fewer than there were when it took too long
    /// @param counted   those that met the condition, or had no value
    /// @param tooCostly those whose budget was used up
    /// @param samples   some of those that met the condition, or some values
    public record Outcome(int tried, int counted, int tooCostly, boolean complete, List<Sample> samples) {

        public Outcome {
            samples = List.copyOf(samples);
        }
    }

    /// One record.
    ///
    /// @param read  what the expression reads of the record itself, by property
    /// @param value what a formula gives
    public record Sample(
            UUID id, Map<String, JsonNode> read, @Nullable JsonNode value) {}

    /// Returns how many of the records meet the condition, of those that it is asked about.
    public Outcome condition(Formula condition, Predicate<Map<String, @Nullable Object>> asked) {
        return run(condition, (record, draft, tally) -> {
            if (asked.test(draft.values()) && record.holds(condition)) {
                tally.count();
                tally.sample(draft, condition, null);
            }
        });
    }

    /// Returns what a field with the formula would hold, and for how many records nothing.
    public Outcome formula(FieldDefinition field, Formula formula) {
        return run(formula, (record, draft, tally) -> {
            Object value = record.value(field, formula);
            if (value == null) {
                tally.count();
            }
            tally.sample(draft, formula, Document.shown(field, Document.json(value)));
        });
    }

    @FunctionalInterface
    private interface Attempt {
        void on(DraftValues.OfDraft record, RecordDraft draft, Tally tally);
    }

    private Outcome run(Formula formula, Attempt attempt) {
        Instant now = clock.instant();
        Instant until = now.plus(PATIENCE);
        List<Formula> formulas = new ArrayList<>(DraftValues.all(entity));
        formulas.add(formula);
        DraftValues values = new DraftValues(tx, entity, formulas, neighbours, now);
        values.fetch(tx.sql(), drafts);
        Tally tally = new Tally();
        for (RecordDraft draft : drafts) {
            if (clock.instant().isAfter(until)) {
                return tally.outcome(false);
            }
            tally.tried++;
            try {
                attempt.on(values.of(draft), draft, tally);
            } catch (Budget.Exhausted exhausted) {
                tally.tooCostly++;
            }
        }
        return tally.outcome(true);
    }

    private final class Tally {

        private int tried;
        private int counted;
        private int tooCostly;
        private final List<Sample> samples = new ArrayList<>();

        void count() {
            counted++;
        }

        void sample(RecordDraft draft, Formula formula, @Nullable JsonNode value) {
            if (samples.size() < SAMPLES) {
                samples.add(new Sample(draft.id(), read(draft, formula), value));
            }
        }

        private Map<String, JsonNode> read(RecordDraft draft, Formula formula) {
            Map<String, JsonNode> read = new LinkedHashMap<>();
            for (FieldDefinition field : entity.fields()) {
                if (formula.sources().containsKey(List.of(field.name())) && !field.virtual()) {
                    read.put(field.property(), Document.shown(field, Document.json(draft.value(field))));
                }
            }
            return read;
        }

        Outcome outcome(boolean complete) {
            return new Outcome(tried, counted, tooCostly, complete, samples);
        }
    }
}
