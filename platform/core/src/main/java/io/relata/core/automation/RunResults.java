package io.relata.core.automation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.automation.AutomationRun.State;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.automation.RunStep.Result;
import io.relata.core.problem.Violation;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;

/// Writes down what became of runs, in the transaction in which it did.
final class RunResults {

    /// So often a step is tried that the database gives up.
    private static final int MOST_ATTEMPTS = 5;

    private static final Duration REST = Duration.ofSeconds(30);

    private final Clock clock;

    RunResults(Clock clock) {
        this.clock = clock;
    }

    /// Writes down what became of the runs of a batch.
    ///
    /// @param steps   of the program
    /// @param results by run; of those whose record is gone, none
    /// @param begin   when the batch began, as [System#nanoTime] says it
    void settle(
            DSLContext sql,
            Working working,
            int steps,
            Step step,
            AutomationTurn.Batch batch,
            Map<UUID, Result> results,
            long begin) {
        List<UUID> gone =
                batch.ids().stream().filter(id -> !results.containsKey(id)).toList();
        end(sql, working, gone, State.STOPPED, List.of(Violation.of(null, "automation-record-gone")));
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

    /// Ends runs.
    void end(DSLContext sql, Working working, List<UUID> ids, State state, List<Violation> reason) {
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

    /// Adds to what the automation has done.
    static void count(DSLContext sql, Working working, int done, int failed, long begin, int turns) {
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
    boolean postpone(DSLContext sql, UUID tenant, UUID automation, AutomationTurn.Batch batch) {
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
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
