package io.relata.core.record;

import io.relata.core.audit.AuditTrail;
import io.relata.core.audit.Cause;
import io.relata.core.id.Ids;
import io.relata.core.metadata.ActiveRollUp;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.OutdatedException;
import io.relata.core.metadata.type.Form;
import io.relata.core.plugin.PluginHook;
import io.relata.core.plugin.PluginService;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.UsageReporter;
import io.relata.core.vault.Vault;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The one way in which records are written, by whomever and however many. The steps are in [RecordSaves] and
/// [RecordMoves]. They work with all fields of an entity, whatever of it the caller sees.
public final class RecordWriter {

    /// What PostgreSQL says of a number that is too big for its column.
    private static final String OUT_OF_RANGE = "22003";

    static final String TOPIC = "record";

    private final TenantTransaction transactions;
    private final MetadataService metadata;
    private final PluginService plugins;
    private final AuditTrail trail;
    private final RecordIndex index;
    private final UsageReporter usage;
    private final Ids ids;
    private final Neighbours neighbours;
    private final Clock clock;
    private final RecordSaves.Helpers helpers;

    public RecordWriter(
            TenantTransaction transactions,
            MetadataService metadata,
            PluginService plugins,
            AuditTrail trail,
            RecordIndex index,
            UsageReporter usage,
            Ids ids,
            Neighbours neighbours,
            Vault vault,
            Clock clock) {
        this.transactions = transactions;
        this.metadata = metadata;
        this.plugins = plugins;
        this.trail = trail;
        this.index = index;
        this.usage = usage;
        this.ids = ids;
        this.neighbours = neighbours;
        this.clock = clock;
        this.helpers = new RecordSaves.Helpers(new NumberBlocks(), vault);
    }

    /// Opens a transaction, does the work and commits; any exception rolls everything back.
    public <T> T transaction(CallContext context, Function<WriteTransaction, T> work) {
        metadata.snapshot(context.tenant());
        helpers.numbers().refill(transactions, context.tenant());
        return transactions.call(
                context,
                sql -> finished(new WriteTransaction(sql, context, metadata.current(sql, context.tenant())), work));
    }

    /// Does the work in a transaction that is open and that others commit; roll-ups are right at its end.
    ///
    /// @param snapshot by which the caller works
    /// @throws OutdatedException when it no longer holds
    public <T> T within(
            DSLContext sql, CallContext context, MetadataSnapshot snapshot, Function<WriteTransaction, T> work) {
        MetadataSnapshot current = metadata.current(sql, context.tenant());
        if (current.version() != snapshot.version()) {
            throw new OutdatedException();
        }
        return finished(new WriteTransaction(sql, context, current), work);
    }

    private static <T> T finished(WriteTransaction tx, Function<WriteTransaction, T> work) {
        T result = work.apply(tx);
        try {
            tx.upkeep().write(tx);
        } catch (ArithmeticException tooBig) {
            throw tooBig();
        } catch (DataAccessException failed) {
            throw OUT_OF_RANGE.equals(failed.sqlState()) ? tooBig() : failed;
        }
        return result;
    }

    private static ProblemException tooBig() {
        return ProblemException.invalid(List.of(Violation.of(null, "roll-up-too-big")));
    }

    /// Creates a record.
    ///
    /// @param values by the API's property names
    /// @throws ProblemException UNKNOWN_ENTITY, VALIDATION with every violation
    public RecordData create(CallContext context, String entity, Map<String, @Nullable Object> values) {
        RecordInput input = new RecordInput(null, null, values, Form.JSON);
        return transaction(context, tx -> save(tx, tx.entity(entity), input).data());
    }

    /// Changes the named values of a record.
    ///
    /// @param expectedVersion the version the caller saw; `null` when any will do
    /// @throws ProblemException UNKNOWN_ENTITY, NOT_FOUND, VALIDATION with every violation, CONFLICT as [Conflicts]
    ///     says
    public RecordData update(
            CallContext context,
            String entity,
            UUID id,
            @Nullable Long expectedVersion,
            Map<String, @Nullable Object> values) {
        RecordInput input = new RecordInput(id, expectedVersion, values, Form.JSON);
        return transaction(context, tx -> save(tx, tx.entity(entity), input).data());
    }

    /// Deletes a record so that it can be restored.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY, NOT_FOUND, CONFLICT as [Conflicts] says
    public RecordData delete(CallContext context, String entity, UUID id, @Nullable Long expectedVersion) {
        RecordTarget target = RecordTarget.of(id, expectedVersion);
        return transaction(context, tx -> move(tx, tx.entity(entity), target, Move.DELETE));
    }

    /// Brings a deleted record back.
    ///
    /// @throws ProblemException UNKNOWN_ENTITY; NOT_FOUND when there is no such deleted record; VALIDATION when a
    ///     unique value was given to another record meanwhile
    public RecordData restore(CallContext context, String entity, UUID id) {
        RecordTarget target = RecordTarget.of(id, null);
        return transaction(context, tx -> move(tx, tx.entity(entity), target, Move.RESTORE));
    }

    /// Saves one record or refuses.
    public RecordResult.Saved save(WriteTransaction tx, EntityDefinition entity, RecordInput input) {
        return saved(saveAll(tx, entity, List.of(input)).getFirst());
    }

    /// Deletes or restores one record or refuses.
    public RecordData move(WriteTransaction tx, EntityDefinition entity, RecordTarget target, Move move) {
        return saved(moveAll(tx, entity, List.of(target), move).getFirst()).data();
    }

    /// Has a plugin's action done to a record, or refuses.
    ///
    /// @param name       `plugin.action`
    /// @param parameters by name, as JSON has them
    /// @throws ProblemException NOT_FOUND when the tenant has no such action or record; VALIDATION, CONFLICT
    public RecordResult.Saved act(
            WriteTransaction tx,
            EntityDefinition entity,
            RecordTarget target,
            String name,
            Map<String, @Nullable Object> parameters) {
        int dot = name.indexOf('.');
        String plugin = dot < 0 ? "" : name.substring(0, dot);
        String bare = name.substring(dot + 1);
        ActionCall call = tx.snapshot().plugins().contains(plugin)
                ? entity.action(bare)
                        .flatMap(definition -> plugins.action(plugin, entity.name(), bare)
                                .map(action -> new ActionCall(definition, action, parameters)))
                        .orElse(null)
                : null;
        if (call == null) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "unknown-action", name);
        }
        return Cause.plugin(name).during(tx.sql(), () -> save(tx, entity, RecordInput.of(target, call)));
    }

    private static RecordResult.Saved saved(RecordResult result) {
        return switch (result) {
            case RecordResult.Saved saved -> saved;
            case RecordResult.Rejected rejected -> throw rejected.problem();
        };
    }

    /// Saves many records, with the same few statements however many there are. Those that are refused are left out;
    /// the others are stored.
    ///
    /// @return what became of each input, in the same order
    public List<RecordResult> saveAll(WriteTransaction tx, EntityDefinition entity, List<RecordInput> inputs) {
        EntityDefinition whole = entity.whole();
        List<PluginHook> hooks = plugins.hooks(entity.name(), tx.snapshot().plugins());
        List<RecordResult> results = new ArrayList<>(inputs.size());
        for (List<RecordInput> round : rounds(Bindings.resolved(tx, tx.seen(whole), inputs))) {
            results.addAll(new RecordSaves(tx, whole, neighbours, now()).run(round, hooks, trail, index, ids, helpers));
        }
        reportUsage(tx, results);
        return results;
    }

    /// Deletes or restores many records, with the same few statements however many there are. Those that are refused
    /// are left out.
    ///
    /// @return what became of each target, in the same order
    public List<RecordResult> moveAll(
            WriteTransaction tx, EntityDefinition entity, List<RecordTarget> targets, Move move) {
        List<RecordResult> results = moved(tx, entity.whole(), targets, move);
        reportUsage(tx, results);
        return results;
    }

    /// Records that take too many along together may do so one after the other.
    private List<RecordResult> moved(
            WriteTransaction tx, EntityDefinition entity, List<RecordTarget> targets, Move move) {
        try {
            return new RecordMoves(tx, entity, move, now()).run(targets, trail, index);
        } catch (Consequences.TooManyException tooMany) {
            if (targets.size() == 1) {
                return List.of(new RecordResult.Rejected(
                        ProblemException.invalid(List.of(Violation.of(null, move.tooMany(), Consequences.MOST)))));
            }
            int half = targets.size() / 2;
            List<RecordResult> results = new ArrayList<>(moved(tx, entity, targets.subList(0, half), move));
            results.addAll(moved(tx, entity, targets.subList(half, targets.size()), move));
            return results;
        }
    }

    /// Does the next part of moving a record that takes too many along for one transaction; refused or moved, the
    /// record is done when the part says so.
    public MovePart movePart(WriteTransaction tx, EntityDefinition entity, UUID id, Move move) {
        MovePart part = new MoveInParts(tx, move, now(), trail, index).next(entity.whole(), id);
        usage.changed(tx.tenant());
        return part;
    }

    /// What a stretch of records had for roll-ups.
    ///
    /// @param last the last record of the stretch; `null` when there was none
    public record Reckoned(
            int records,
            List<RollUpDifference> differences,
            @Nullable UUID last) {

        public Reckoned {
            differences = List.copyOf(differences);
        }
    }

    /// Reckons the roll-ups and stored formulas of the next records anew, in the order of their ids, and writes those
    /// that differ.
    ///
    /// @param after behind which record to go on; `null` to begin
    /// @param upTo  the greatest id there is for this walk
    /// @param only  whether to look only, and write nothing
    public Reckoned reckon(
            WriteTransaction tx, EntityDefinition entity, @Nullable UUID after, UUID upTo, int most, boolean only) {
        Hierarchies.takeTurnForRollUps(tx, entity);
        RollUpParents parents = RollUpParents.next(tx, entity, after, upTo, most);
        List<UUID> ids = parents.ids();
        IdentityHashMap<ActiveRollUp, Collection<UUID>> which = new IdentityHashMap<>();
        tx.snapshot().rollUps().of(entity).forEach(one -> which.put(one, ids));
        parents.reckon(tx, which);
        List<RollUpDifference> differences = new ArrayList<>(parents.differences());
        if (!only) {
            parents.write(tx);
        }
        differences.addAll(RecordFormulas.reckon(tx, entity, parents.records(), only));
        return new Reckoned(ids.size(), differences, ids.isEmpty() ? null : ids.getLast());
    }

    private void reportUsage(WriteTransaction tx, List<RecordResult> results) {
        if (results.stream().anyMatch(RecordResult.Saved.class::isInstance)) {
            usage.changed(tx.tenant());
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Splits the inputs so that no record occurs twice in a round: its second change builds on its first.
    private static Collection<List<RecordInput>> rounds(List<RecordInput> inputs) {
        Map<Integer, List<RecordInput>> rounds = new LinkedHashMap<>();
        Set<Object> seen = new HashSet<>();
        int round = 0;
        for (RecordInput input : inputs) {
            Object record = input.target().key() == null
                    ? input.target().id()
                    : input.target().key();
            if (record != null && !seen.add(record)) {
                seen.clear();
                seen.add(record);
                round++;
            }
            rounds.computeIfAbsent(round, number -> new ArrayList<>()).add(input);
        }
        return rounds.values();
    }
}
