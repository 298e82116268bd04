package io.relata.core.automation;

import io.relata.core.audit.Cause;
import io.relata.core.automation.AutomationRun.State;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.automation.RunStep.Result;
import io.relata.core.metadata.OutdatedException;
import io.relata.core.problem.Violation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
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

    private static final int PATIENCE_MILLIS = 10_000;

    private final Automations.Parts parts;
    private final NewRuns runs;
    private final StepWork.Tools tools;
    private final RunResults results;

    AutomationTurn(Automations.Parts parts, NewRuns runs) {
        this.parts = parts;
        this.runs = runs;
        this.results = new RunResults(parts.clock());
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
    record Batch(int version, int place, int depth, int attempts, List<RunStep> runs) {

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
            parts.transactions().call(tenant, sql -> results.postpone(sql, tenant, automation, begun.getFirst()));
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
            results.end(sql, working, batch.ids(), State.STOPPED, List.of(Violation.of(null, "automation-outdated")));
            return;
        }
        if (batch.place() >= definition.steps().size()) {
            results.end(sql, working, batch.ids(), State.DONE, List.of());
            RunResults.count(sql, working, batch.runs().size(), 0, begin, 0);
            return;
        }
        Step step = definition.steps().get(batch.place());
        long turn = step instanceof Step.Assign ? turn(sql, working) : 0;
        StepWork.Task task = new StepWork.Task(working.entity(), batch.place(), step, batch.runs(), turn);
        new Cause(NewRuns.cause(working.id()), batch.depth() + 1).of(sql);
        Map<UUID, Result> became = parts.writer()
                .within(
                        sql,
                        working.call(),
                        working.snapshot(),
                        tx -> StepWork.run(tools, tx, task, parts.clock().instant()));
        results.settle(sql, working, definition.steps().size(), step, batch, became, begin);
    }

    private long turn(DSLContext sql, Working working) {
        return sql.select(One.TURN)
                .from(One.TABLE)
                .where(One.is(working.tenant(), working.id()))
                .fetchSingle(One.TURN);
    }

    private OffsetDateTime now() {
        return Instant.now(parts.clock()).atOffset(ZoneOffset.UTC);
    }
}
