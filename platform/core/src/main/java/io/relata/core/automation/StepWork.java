package io.relata.core.automation;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.automation.RunStep.Result;
import io.relata.core.expression.Budget;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.type.Form;
import io.relata.core.notification.Notifications;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.query.NeighbourReader;
import io.relata.core.record.Document;
import io.relata.core.record.JsonValues;
import io.relata.core.record.RecordAssignment;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordValues;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Does one step for many records at once, with the same few statements however many there are. A record that refuses
/// fails alone.
final class StepWork {

    private final Tools tools;
    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final int place;
    private final Step step;
    private final RecordValues values;
    private final Map<UUID, Result> results = new LinkedHashMap<>();

    /// What steps are done with.
    record Tools(RecordWriter writer, RecordAssignment assignment, Notifications notifications) {}

    /// What is to be done.
    ///
    /// @param place of the step in the program
    /// @param turn  how many records have been given to somebody in turn before
    record Task(EntityDefinition entity, int place, Step step, List<RunStep> runs, long turn) {}

    private StepWork(Tools tools, WriteTransaction tx, Task task, RecordValues values) {
        this.tools = tools;
        this.tx = tx;
        this.entity = task.entity();
        this.place = task.place();
        this.step = task.step();
        this.values = values;
    }

    /// Does the step, and returns what became of each run; of those whose record is gone, nothing.
    static Map<UUID, Result> run(Tools tools, WriteTransaction tx, Task task, Instant now) {
        Set<UUID> records = new LinkedHashSet<>();
        task.runs().forEach(run -> records.add(run.record()));
        RecordValues values =
                RecordValues.of(tx, task.entity(), records, task.step().formulas(), new NeighbourReader(), now);
        StepWork work = new StepWork(tools, tx, task, values);
        List<RunStep> there = task.runs().stream()
                .filter(run -> values.record(run.record()) != null)
                .toList();
        work.run(there, task.turn());
        return work.results;
    }

    private void run(List<RunStep> runs, long turn) {
        switch (step) {
            case Step.Update update -> save(runs, entity, run -> values(run, update.values()), true);
            case Step.Create create -> {
                EntityDefinition made = tx.entity(create.entity());
                save(runs, made, run -> made(run, create), false);
            }
            case Step.Assign assign -> assign(runs, assign.owners(), turn);
            case Step.Notify notify -> tell(runs, notify);
            case Step.Wait wait ->
                all(runs, new Result(place + 1, wait.time().toSeconds(), "waiting", null, List.of()));
            case Step.Branch branch -> runs.forEach(run -> branch(run, branch));
            case Step.Jump jump -> all(runs, new Result(jump.target(), 0, "", null, List.of()));
            case Step.Stop stop -> all(runs, Result.done(Integer.MAX_VALUE, null));
        }
    }

    private void all(List<RunStep> runs, Result result) {
        runs.forEach(run -> results.put(run.id(), result));
    }

    private void branch(RunStep run, Step.Branch branch) {
        try {
            boolean holds = values.holds(run.record(), branch.condition());
            results.put(
                    run.id(),
                    new Result(holds ? place + 1 : branch.otherwise(), 0, holds ? "then" : "else", null, List.of()));
        } catch (Budget.Exhausted exhausted) {
            costly(run);
        }
    }

    private void costly(RunStep run) {
        results.put(run.id(), Result.failed(place, List.of(Violation.of(null, "expression-too-costly"))));
    }

    @FunctionalInterface
    private interface Wanted {
        Map<String, @Nullable Object> of(RunStep run);
    }

    private void save(List<RunStep> runs, EntityDefinition target, Wanted wanted, boolean itself) {
        List<RunStep> sent = new ArrayList<>();
        List<RecordInput> inputs = new ArrayList<>();
        for (RunStep run : runs) {
            try {
                RecordTarget where = itself ? RecordTarget.of(run.record(), null) : RecordTarget.NEW;
                inputs.add(new RecordInput(where, wanted.of(run), RecordInput.Rest.KEPT, Form.JSON));
                sent.add(run);
            } catch (Budget.Exhausted exhausted) {
                costly(run);
            }
        }
        List<RecordResult> saved = tools.writer().saveAll(tx, target, inputs);
        for (int i = 0; i < sent.size(); i++) {
            Result result = switch (saved.get(i)) {
                case RecordResult.Saved done ->
                    Result.done(place + 1, itself ? null : done.data().id().toString());
                case RecordResult.Rejected rejected -> Result.failed(place, rejected.violations());
            };
            results.put(sent.get(i).id(), result);
        }
    }

    private Map<String, @Nullable Object> values(RunStep run, Step.Values wanted) {
        return values(values, run.record(), wanted);
    }

    /// Returns what is to be written, as the API has it.
    ///
    /// @throws Budget.Exhausted when it would cost too much to compute
    static Map<String, @Nullable Object> values(RecordValues values, UUID record, Step.Values wanted) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>(wanted.constants());
        wanted.formulas().forEach((property, computed) -> {
            Object value = values.value(record, computed.field(), computed.formula());
            JsonNode shown = Document.shown(computed.field(), Document.json(value));
            written.put(property, JsonValues.value(shown));
        });
        return written;
    }

    private Map<String, @Nullable Object> made(RunStep run, Step.Create create) {
        return made(values, run.record(), create);
    }

    /// Returns what a new record is to be, as the API has it.
    ///
    /// @throws Budget.Exhausted when it would cost too much to compute
    static Map<String, @Nullable Object> made(RecordValues values, UUID record, Step.Create create) {
        Map<String, @Nullable Object> written = values(values, record, create.values());
        create.links().forEach((property, source) -> written.put(property, link(values, record, source)));
        return written;
    }

    private static @Nullable Object link(RecordValues values, UUID record, @Nullable FieldDefinition source) {
        if (source == null) {
            return record.toString();
        }
        RecordData data = values.record(record);
        Object value = data == null ? null : data.value(source.name());
        return value == null ? null : value.toString();
    }

    private void assign(List<RunStep> runs, List<UUID> owners, long turn) {
        Map<UUID, List<RunStep>> given = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            given.computeIfAbsent(owners.get((int) ((turn + i) % owners.size())), one -> new ArrayList<>())
                    .add(runs.get(i));
        }
        given.forEach((owner, theirs) -> {
            try {
                tools.assignment()
                        .giveAll(
                                tx, entity, theirs.stream().map(RunStep::record).toList(), owner);
                all(theirs, Result.done(place + 1, owner.toString()));
            } catch (ProblemException refused) {
                all(theirs, Result.failed(place, List.of(Violation.of(null, refused.detail()))));
            }
        });
    }

    private void tell(List<RunStep> runs, Step.Notify notify) {
        Map<UUID, UUID> owners = notify.owner() ? owners(runs) : Map.of();
        List<Notifications.Told> told = new ArrayList<>();
        for (RunStep run : runs) {
            Set<UUID> people = new LinkedHashSet<>(notify.users());
            RecordData record = values.record(run.record());
            if (notify.creator() && record != null) {
                people.add(record.createdBy());
            }
            if (owners.containsKey(run.record())) {
                people.add(owners.get(run.record()));
            }
            people.forEach(user -> told.add(new Notifications.Told(user, run.record(), notify.text())));
            results.put(run.id(), Result.done(place + 1, String.valueOf(people.size())));
        }
        tools.notifications().tell(tx.sql(), tx.tenant(), entity, told);
    }

    private Map<UUID, UUID> owners(Collection<RunStep> runs) {
        RecordColumns columns = RecordColumns.of(entity.whole());
        Map<UUID, UUID> owners = new HashMap<>();
        tx.sql()
                .select(columns.id(), columns.ownerId())
                .from(columns.table())
                .where(columns.live(tx.tenant()))
                .and(columns.id().eq(DSL.any(runs.stream().map(RunStep::record).toArray(UUID[]::new))))
                .and(columns.ownerId().isNotNull())
                .forEach(row -> owners.put(row.value1(), row.value2()));
        return owners;
    }
}
