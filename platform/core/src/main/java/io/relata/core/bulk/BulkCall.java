package io.relata.core.bulk;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.Move;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordTarget;
import io.relata.core.record.RecordWriter;
import io.relata.core.record.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Up to [#MAX_ITEMS] creations, changes and deletions in one transaction, by the same steps as single ones.
///
/// Items come one at a time and are done in portions: the memory that a call takes does not grow with its records. In
/// a portion deletions come first, so that a value they free can be taken. Not thread-safe.
public final class BulkCall {

    /// The most items of one call.
    public static final int MAX_ITEMS = 5_000;

    private static final int PORTION = 1_000;
    private static final int MOST_VIOLATIONS = 1_000;

    private final RecordWriter writer;
    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Set<Object> named = new HashSet<>();
    private final List<BulkItem> portion = new ArrayList<>();
    private final List<BulkReport.Result> results = new ArrayList<>();

    public BulkCall(RecordWriter writer, WriteTransaction tx, EntityDefinition entity) {
        this.writer = writer;
        this.tx = tx;
        this.entity = entity;
    }

    /// Takes the next item.
    ///
    /// @param item as JSON has it: an object's members by name
    /// @throws ProblemException TOO_LARGE when there are too many
    public void add(Map<String, @Nullable Object> item) {
        if (results.size() + portion.size() == MAX_ITEMS) {
            throw ProblemException.of(ProblemCode.TOO_LARGE, "bulk-too-many", MAX_ITEMS);
        }
        BulkItem read = BulkItemReader.read(entity, item);
        RecordTarget target = read.target();
        Object record = target == null || target.id() != null ? id(target) : target.key();
        boolean twice = record != null && !named.add(record);
        portion.add(twice ? new BulkItem.Faulty(List.of(Violation.of(null, "named-twice"))) : read);
        if (portion.size() == PORTION) {
            work();
        }
    }

    private static @Nullable Object id(@Nullable RecordTarget target) {
        return target == null ? null : target.id();
    }

    /// Does what is left and says what became of all.
    ///
    /// @param whole whether nothing may be done unless all can be
    /// @throws ProblemException VALIDATION with every violation, when `whole` and something was refused
    public BulkReport finish(boolean whole) {
        work();
        BulkReport report = new BulkReport(results);
        if (whole && report.refused() > 0) {
            throw ProblemException.invalid(violations());
        }
        return report;
    }

    private void work() {
        BulkReport.Result[] done = new BulkReport.Result[portion.size()];
        List<Integer> deletes = new ArrayList<>();
        List<Integer> saves = new ArrayList<>();
        List<RecordTarget> targets = new ArrayList<>();
        List<RecordInput> inputs = new ArrayList<>();
        for (int i = 0; i < done.length; i++) {
            switch (portion.get(i)) {
                case BulkItem.Delete delete -> {
                    deletes.add(i);
                    targets.add(delete.target());
                }
                case BulkItem.Save save -> {
                    saves.add(i);
                    inputs.add(save.input());
                }
                case BulkItem.Faulty faulty ->
                    done[i] = new BulkReport.Refused(ProblemException.invalid(faulty.violations()));
            }
        }
        if (!targets.isEmpty()) {
            place(writer.moveAll(tx, entity, targets, Move.DELETE), deletes, done);
        }
        if (!inputs.isEmpty()) {
            place(writer.saveAll(tx, entity, inputs), saves, done);
        }
        results.addAll(Arrays.asList(done));
        portion.clear();
    }

    private static void place(List<RecordResult> from, List<Integer> places, BulkReport.Result[] to) {
        for (int i = 0; i < places.size(); i++) {
            to[Objects.requireNonNull(places.get(i))] = switch (from.get(i)) {
                case RecordResult.Saved saved ->
                    new BulkReport.Done(saved.data().id(), saved.data().version(), saved.outcome());
                case RecordResult.Rejected rejected -> new BulkReport.Refused(rejected.problem());
            };
        }
    }

    private List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < results.size() && violations.size() < MOST_VIOLATIONS; i++) {
            if (results.get(i) instanceof BulkReport.Refused refused) {
                String item = "items[" + i + "]";
                for (Violation violation : new RecordResult.Rejected(refused.problem()).violations()) {
                    String field = violation.field() == null ? item : item + "." + violation.field();
                    violations.add(new Violation(field, violation.code(), violation.arguments()));
                }
            }
        }
        return violations;
    }
}
