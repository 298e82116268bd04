package io.relata.core.automation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.audit.Cause;
import io.relata.core.automation.AutomationRun.State;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.automation.RunStep.Result;
import io.relata.core.metadata.OutdatedException;
import io.relata.core.problem.Violation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One automation's turn: takes records on, and does the steps of those that it has. A step is done for many records at
/// once, in the transaction that moves their runs on; so a process that dies leaves whole steps.
final class AutomationTurn {

    private static final Logger LOG = LoggerFactory.getLogger(AutomationTurn.class);

    /// Runs that take a step together.
    private static final int AT_ONCE = 200;

    /// So often a step is tried that the database gives up.
    private static final int MOST_ATTEMPTS = 5;

    private static final Duration REST = Duration.ofSeconds(30);
    private static final int PATIENCE_MILLIS = 10_000;

    private final Automations.Parts parts;
    private final NewRuns runs;
    private final StepWork.Tools tools;

    AutomationTurn(Automations.Parts parts, NewRuns runs) {
        this.parts = parts;
        this.runs = runs;
        this.tools = new StepWork.Tools(parts.writer(), parts.assignment(), parts.notifications());
    }

    /// Does what there is to do now.
    ///
    /// @param enough asked between transactions
    void run(UUID tenant, UUID automation, BooleanSupplier enough) {
        boolean more = true;
        while (more && !enough.getAsBoolean()) {
            try {
                boolean taken = parts.transactions().call(tenant, sql -> taken(sql, tenant, automation));
                more = stepped(tenant, automation) || taken;
            } catch (OutdatedException changed) {
                LOG.debug("The metadata of tenant {} changed; the turn goes on with it", tenant);
            }
        }
    }

    private boolean taken(DSLContext sql, UUID tenant, UUID automation) {
        return Working.of(sql, tenant, automation, parts.metadata().apply(tenant))
                .filter(working -> runs.run(sql, working))
                .isPresent();
    }

    /// Some runs at the same step.
    private record Batch(int version, int place, int depth, int attempts, List<RunStep> runs) {

        List<UUID> ids() {
            return runs.stream().map(RunStep::id).toList();
        }
    }

    private boolean stepped(UUID tenant, UUID automation) {
        List<Batch> begun = new ArrayList<>();
        try {
            return parts.transactions().call(tenant, sql -> {
                Optional<Working> working =
                        Working.of(sql, tenant, automation, parts.metadata().apply(tenant));
                Batch batch = working.map(one -> batch(sql, tenant, automation)).orElse(null);
                if (batch == null) {
                    return false;
                }
                begun.add(batch);
                sql.execute("set local statement_timeout = " + PATIENCE_MILLIS);
                step(sql, working.get(), batch);
                return true;
            });
        } catch (OutdatedException changed) {
            throw changed;
        } catch (RuntimeException failed) {
            if (begun.isEmpty()) {
                throw failed;
            }
            LOG.warn("A step of automation {} failed", automation, failed);
            parts.transactions().call(tenant, sql -> postpone(sql, tenant, automation, begun.getFirst()));
            return true;
        }
    }

    /// Takes the next runs that are due; one alone when it failed before, so that it fails alone.
    private @Nullable Batch batch(DSLContext sql, UUID tenant, UUID automation) {
        OffsetDateTime now = now();
        List<Record> due = List.copyOf(
                sql.select(AutomationTables.ID, Run.RECORD, AutomationTables.VERSION, Run.STEP, Run.DEPTH, Run.ATTEMPTS)
                        .from(Run.TABLE)
                        .where(Run.of(tenant, automation))
                        .and(Run.STATE.eq(DSL.inline(State.WAITING.code())))
                        .and(Run.NEXT_AT.le(now))
                        .orderBy(Run.NEXT_AT, AutomationTables.ID)
                        .limit(AT_ONCE)
                        .forUpdate()
                        .skipLocked()
                        .fetch());
        if (due.isEmpty()) {
            return null;
        }
        Record first = due.getFirst();
        List<RunStep> together = due.stream()
                .filter(row -> alike(row, first))
                .map(row -> new RunStep(row.get(AutomationTables.ID), row.get(Run.RECORD)))
                .limit(first.get(Run.ATTEMPTS) > 0 ? 1 : AT_ONCE)
                .toList();
        return new Batch(
                first.get(AutomationTables.VERSION),
                first.get(Run.STEP),
                first.get(Run.DEPTH),
                first.get(Run.ATTEMPTS),
                together);
    }

    private static boolean alike(Record row, Record first) {
        return List.of(AutomationTables.VERSION, Run.STEP, Run.DEPTH, Run.ATTEMPTS).stream()
                .allMatch(column -> Objects.equals(row.get(column), first.get(column)));
    }

    private void step(DSLContext sql, Working working, Batch batch) {
        long begin = System.nanoTime();
        AutomationDefinition definition =
                working.definition(sql, batch.version()).orElse(null);
        if (definition == null) {
            end(sql, working, batch.ids(), State.STOPPED, List.of(Violation.of(null, "automation-outdated")));
            return;
        }
        if (batch.place() >= definition.steps().size()) {
            end(sql, working, batch.ids(), State.DONE, List.of());
            count(sql, working, batch.runs().size(), 0, begin, 0);
            return;
        }
        Step step = definition.steps().get(batch.place());
        long turn = step instanceof Step.Assign ? turn(sql, working) : 0;
        StepWork.Task task = new StepWork.Task(working.entity(), batch.place(), step, batch.runs(), turn);
        new Cause(NewRuns.cause(working.id()), batch.depth() + 1).of(sql);
        Map<UUID, Result> results = parts.writer()
                .within(
                        sql,
                        working.call(),
                        working.snapshot(),
                        tx -> StepWork.run(tools, tx, task, parts.clock().instant()));
        settle(sql, working, definition, step, batch, results, begin);
    }

    private long turn(DSLContext sql, Working working) {
        return sql.select(One.TURN)
                .from(One.TABLE)
                .where(One.is(working.tenant(), working.id()))
                .fetchSingle(One.TURN);
    }

    private void settle(
            DSLContext sql,
            Working working,
            AutomationDefinition definition,
            Step step,
            Batch batch,
            Map<UUID, Result> results,
            long begin) {
        List<UUID> gone =
                batch.ids().stream().filter(id -> !results.containsKey(id)).toList();
        end(sql, working, gone, State.STOPPED, List.of(Violation.of(null, "automation-record-gone")));
        int steps = definition.steps().size();
        OffsetDateTime now = now();
        List<Moved> moved = new ArrayList<>();
        results.forEach((id, result) ->
                moved.add(new Moved(id, step, result, result.next() >= steps && result.seconds() == 0)));
        write(sql, working, moved, now);
        int done = (int) moved.stream().filter(Moved::done).count();
        int failed = (int) moved.stream().filter(Moved::failed).count();
        count(sql, working, done, failed, begin, step instanceof Step.Assign ? results.size() : 0);
    }

    /// A run that has taken a step.
    private record Moved(UUID id, Step step, Result result, boolean last) {

        boolean failed() {
            return !result.refused().isEmpty();
        }

        boolean done() {
            return last && !failed();
        }

        State state() {
            return failed() ? State.FAILED : last ? State.DONE : State.WAITING;
        }
    }

    private static void write(DSLContext sql, Working working, List<Moved> moved, OffsetDateTime now) {
        if (moved.isEmpty()) {
            return;
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Moved one : moved) {
            Result result = one.result();
            ArrayNode log = JsonNodeFactory.instance.arrayNode();
            if (!result.outcome().isEmpty()) {
                log.add(RunDocuments.entry(now.toInstant(), one.step().path(), result.outcome(), result.detail()));
            }
            rows.addObject()
                    .put("id", one.id().toString())
                    .put("state", one.state().code())
                    .put("step", one.failed() ? -1 : Math.min(result.next(), 10_000))
                    .put("next_at", now.plusSeconds(result.seconds()).toString())
                    .put("ended", one.state() != State.WAITING)
                    .<ObjectNode>set("reason", one.failed() ? RunDocuments.reason(result.refused()) : null)
                    .set("log", log);
        }
        sql.execute("""
                update relata.automation_run run
                set state = moved.state,
                    step = case when moved.step < 0 then run.step else moved.step end,
                    attempts = 0,
                    next_at = moved.next_at,
                    reason = moved.reason,
                    log = run.log || moved.log,
                    ended_at = case when moved.ended then {2}::timestamptz end
                from jsonb_to_recordset({1}) as moved(
                    id uuid, state text, step integer, next_at timestamptz, ended boolean, reason jsonb, log jsonb)
                where run.tenant_id = {0} and run.id = moved.id
                """, DSL.val(working.tenant()), DSL.val(JSONB.valueOf(rows.toString())), DSL.val(now));
    }

    private void end(DSLContext sql, Working working, List<UUID> ids, State state, List<Violation> reason) {
        if (!ids.isEmpty()) {
            sql.update(Run.TABLE)
                    .set(Run.STATE, state.code())
                    .set(
                            Run.REASON,
                            reason.isEmpty()
                                    ? null
                                    : JSONB.valueOf(RunDocuments.reason(reason).toString()))
                    .set(Run.ENDED_AT, now())
                    .where(AutomationTables.TENANT.eq(working.tenant()))
                    .and(AutomationTables.ID.eq(DSL.any(ids.toArray(UUID[]::new))))
                    .execute();
        }
    }

    private static void count(DSLContext sql, Working working, int done, int failed, long begin, int turns) {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        sql.update(One.TABLE)
                .set(One.DONE, One.DONE.plus(done))
                .set(One.FAILED, One.FAILED.plus(failed))
                .set(One.MILLIS, One.MILLIS.plus(millis))
                .set(One.TURN, One.TURN.plus(turns))
                .where(One.is(working.tenant(), working.id()))
                .execute();
    }

    /// What the database gave up is tried again by itself, then left.
    private boolean postpone(DSLContext sql, UUID tenant, UUID automation, Batch batch) {
        boolean over = batch.attempts() + 1 >= MOST_ATTEMPTS;
        Condition which = AutomationTables.TENANT
                .eq(tenant)
                .and(AutomationTables.ID.eq(DSL.any(batch.ids().toArray(UUID[]::new))));
        String fault = RunDocuments.reason(List.of(Violation.of(null, "automation-fault")))
                .toString();
        sql.update(Run.TABLE)
                .set(Run.ATTEMPTS, (short) (batch.attempts() + 1))
                .set(Run.NEXT_AT, now().plus(batch.attempts() == 0 ? Duration.ZERO : REST))
                .set(Run.STATE, over ? State.FAILED.code() : State.WAITING.code())
                .set(Run.REASON, over ? JSONB.valueOf(fault) : null)
                .set(Run.ENDED_AT, over ? now() : null)
                .where(which)
                .execute();
        if (over) {
            sql.update(One.TABLE)
                    .set(One.FAILED, One.FAILED.plus(batch.runs().size()))
                    .where(One.is(tenant, automation))
                    .execute();
        }
        return true;
    }

    private OffsetDateTime now() {
        return Instant.now(parts.clock()).atOffset(ZoneOffset.UTC);
    }
}
