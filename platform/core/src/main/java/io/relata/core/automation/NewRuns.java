package io.relata.core.automation;

import io.relata.core.automation.AutomationRun.State;
import io.relata.core.automation.AutomationTables.One;
import io.relata.core.automation.AutomationTables.Run;
import io.relata.core.expression.Budget;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.feed.Outbox;
import io.relata.core.id.Ids;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.Violation;
import io.relata.core.query.Filter;
import io.relata.core.query.MatchingRecords;
import io.relata.core.query.NeighbourReader;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.Value;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordValues;
import io.relata.core.record.WriteTransaction;
import io.relata.core.sql.Rows;
import io.relata.core.sql.StoredDocument;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// Takes records on: those to which something happened, and those whose time has come. How far an automation has come
/// is moved on in the same transaction, so that none is left out and none taken on twice, whoever dies when.
final class NewRuns {

    /// Of events, or of records, looked at in a transaction.
    private static final int AT_ONCE = 500;

    /// So many automations may stand one behind the other before that is taken for a circle.
    static final int DEEPEST = 5;

    private final Ids ids;
    private final Clock clock;

    NewRuns(Ids ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /// A record that may be taken on.
    ///
    /// @param depth of the automations that led to it
    private record Candidate(UUID record, int depth) {}

    /// Takes on what there is, and returns whether there may be more.
    boolean run(DSLContext sql, Working working) {
        AutomationDefinition definition = working.definition(sql);
        boolean more = working.follows() && follow(sql, working, definition);
        if (definition.trigger() instanceof Trigger.Timed timed) {
            more |= timed(sql, working, definition, timed);
        }
        return more;
    }

    private boolean follow(DSLContext sql, Working working, AutomationDefinition definition) {
        List<Record> events =
                Outbox.next(sql, working.tenant(), List.of(working.entity().id()), working.place(), AT_ONCE);
        if (events.isEmpty() || !(definition.trigger() instanceof Trigger.Saved trigger)) {
            return false;
        }
        String own = cause(working.id());
        List<Candidate> candidates = new ArrayList<>();
        for (Record row : events) {
            if (row.get(Outbox.TYPE).startsWith("record.")) {
                ChangeFeed.Event event = ChangeFeed.Event.of(
                        working.entity(),
                        row.get(Outbox.RECORD),
                        row.get(Outbox.TYPE),
                        row.get(Outbox.AT).toInstant(),
                        row.get(Outbox.PAYLOAD));
                Set<String> changed = new HashSet<>();
                event.changes().forEach(change -> changed.add(change.property()));
                var said = StoredDocument.parse(row.get(Outbox.PAYLOAD));
                if (trigger.matches(event.action(), changed)
                        && !own.equals(said.path("cause").asText())) {
                    candidates.add(
                            new Candidate(event.record(), said.path("depth").asInt()));
                }
            }
        }
        take(sql, working, definition, candidates);
        Outbox.Place place = Outbox.behind(events.getLast());
        sql.update(One.TABLE)
                .set(One.AFTER_TX, place.tx())
                .set(One.AFTER_ID, place.id())
                .where(One.is(working.tenant(), working.id()))
                .execute();
        return events.size() == AT_ONCE;
    }

    /// Under this name the trail keeps what an automation did.
    static String cause(UUID automation) {
        return "automation:" + automation;
    }

    private boolean timed(DSLContext sql, Working working, AutomationDefinition definition, Trigger.Timed timed) {
        if (working.sweep() != null) {
            return sweep(sql, working, definition, working.sweep());
        }
        Instant now = clock.instant();
        Instant due = working.dueAt();
        if (due == null || due.isAfter(now)) {
            return false;
        }
        ZoneId zone = working.call().zone();
        LocalDate day = due.atZone(zone).toLocalDate();
        // A day on which nobody was there is made up for when records have days of their own.
        ZonedDateTime behind = (timed instanceof Trigger.Dated ? due : now).atZone(zone);
        Working.Sweep sweep = new Working.Sweep(day, null, ids.next());
        sql.update(One.TABLE)
                .set(One.DUE_AT, timed.after(behind).toOffsetDateTime())
                .set(One.SWEEP_DAY, sweep.day())
                .setNull(One.SWEEP_AFTER)
                .set(One.SWEEP_UP_TO, sweep.upTo())
                .where(One.is(working.tenant(), working.id()))
                .execute();
        return sweep(sql, working, definition, sweep);
    }

    private boolean sweep(DSLContext sql, Working working, AutomationDefinition definition, Working.Sweep sweep) {
        Query.Selection selection = selection(working, definition, sweep.day());
        MatchingRecords.Step step = new MatchingRecords(working.call(), selection, RecordColumns.LIVE)
                .step(sql, sweep.after(), sweep.upTo(), AT_ONCE);
        take(
                sql,
                working,
                definition,
                step.ids().stream().map(id -> new Candidate(id, 0)).toList());
        sql.update(One.TABLE)
                .set(One.SWEEP_AFTER, step.next())
                .set(One.SWEEP_UP_TO, step.next() == null ? null : sweep.upTo())
                .where(One.is(working.tenant(), working.id()))
                .execute();
        return true;
    }

    private static Query.Selection selection(Working working, AutomationDefinition definition, LocalDate day) {
        if (!(definition.trigger() instanceof Trigger.Dated dated)) {
            return Query.Selection.all(working.entity());
        }
        LocalDate wanted = day.minusDays(dated.days());
        Value.Path at = new Value.Path(List.of(), new Property.OfField(dated.field()));
        Filter filter = dated.field().kind() == ValueKind.DATE
                ? new Filter.Compare(at, Filter.Operator.EQUAL, new Value.Literal(ValueKind.DATE, wanted))
                : within(at, wanted, working.call().zone());
        return new Query.Selection(working.entity(), filter, null);
    }

    private static Filter within(Value.Path at, LocalDate day, ZoneId zone) {
        Instant begin = day.atStartOfDay(zone).toInstant();
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return new Filter.And(List.of(
                new Filter.Compare(at, Filter.Operator.GREATER_OR_EQUAL, new Value.Literal(ValueKind.INSTANT, begin)),
                new Filter.Compare(at, Filter.Operator.LESS, new Value.Literal(ValueKind.INSTANT, end))));
    }

    /// Takes on those that somebody asks for, and returns how many meet the condition.
    int asked(DSLContext sql, Working working, List<UUID> records) {
        return take(
                sql,
                working,
                working.definition(sql),
                records.stream().distinct().map(id -> new Candidate(id, 0)).toList());
    }

    private int take(DSLContext sql, Working working, AutomationDefinition definition, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return 0;
        }
        Instant now = clock.instant();
        Formula condition = definition.condition();
        List<UUID> records =
                candidates.stream().map(Candidate::record).distinct().toList();
        RecordValues values = RecordValues.of(
                new WriteTransaction(sql, working.call(), working.snapshot()),
                working.entity(),
                records,
                condition == null ? List.of() : List.of(condition),
                new NeighbourReader(),
                now);
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        Rows rows = new Rows(List.of(AutomationTables.ID, Run.RECORD, Run.DEPTH, Run.STATE, Run.REASON, Run.ENDED_AT))
                .same(AutomationTables.TENANT, working.tenant())
                .same(AutomationTables.AUTOMATION, working.id())
                .same(AutomationTables.VERSION, working.version())
                .same(Run.STEP, 0)
                .same(Run.NEXT_AT, at)
                .same(Run.CREATED_AT, at);
        int taken = 0;
        for (Candidate candidate : candidates) {
            Violation reason = candidate.depth() >= DEEPEST ? Violation.of(null, "automation-circle", DEEPEST) : null;
            boolean wanted;
            try {
                wanted = values.record(candidate.record()) != null
                        && (condition == null || values.holds(candidate.record(), condition));
            } catch (Budget.Exhausted exhausted) {
                wanted = true;
                reason = Violation.of("condition", "expression-too-costly");
            }
            if (wanted) {
                rows.add(row(candidate, reason, at));
                taken++;
            }
        }
        if (!rows.isEmpty()) {
            rows.insertInto(sql, Run.TABLE);
        }
        return taken;
    }

    private List<@Nullable Object> row(Candidate candidate, @Nullable Violation reason, OffsetDateTime at) {
        State state = reason == null ? State.WAITING : State.STOPPED;
        return Arrays.asList(
                ids.next(),
                candidate.record(),
                (short) Math.min(candidate.depth(), DEEPEST),
                state.code(),
                reason == null
                        ? null
                        : JSONB.valueOf(RunDocuments.reason(List.of(reason)).toString()),
                Objects.equals(state, State.WAITING) ? null : at);
    }
}
