package io.relata.core.imports;

import io.relata.core.access.CallerAccess;
import io.relata.core.imports.LookupResolver.Found;
import io.relata.core.imports.LookupResolver.Many;
import io.relata.core.imports.LookupResolver.None;
import io.relata.core.imports.LookupResolver.One;
import io.relata.core.job.Fault;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.type.Form;
import io.relata.core.problem.Violation;
import io.relata.core.record.FieldValues;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordResult.Rejected;
import io.relata.core.record.RecordResult.Saved;
import io.relata.core.record.RecordWriter;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Makes records of a batch of rows, in the transaction it is given.
final class BatchImporter {

    private final RecordWriter writer;
    private final CallContext context;
    private final MetadataSnapshot snapshot;
    private final ImportPlan plan;
    private final RowReader reader;
    private final Map<Integer, LookupResolver> resolvers = new HashMap<>();
    private final @Nullable PlannedColumn key;
    private final @Nullable PairMatcher pairs;

    BatchImporter(RecordWriter writer, CallContext context, MetadataSnapshot snapshot, ImportPlan plan) {
        this.writer = writer;
        this.context = context;
        this.snapshot = snapshot;
        this.plan = plan;
        this.reader = new RowReader(plan, context.zone());
        this.key = plan.keyColumn().orElse(null);
        this.pairs = PairMatcher.of(plan).orElse(null);
        for (PlannedColumn column : plan.columns()) {
            if (column.lookup() != null) {
                resolvers.put(column.place(), new LookupResolver(column.lookup()));
            }
        }
    }

    /// What became of a batch.
    record Result(ImportCounts counts, List<ImportReject> rejects) {}

    Result run(DSLContext sql, List<CsvRow> rows) {
        CallerAccess access = CallerAccess.of(sql, context);
        List<PreparedRow> prepared =
                prepare(sql, access, rows.stream().map(reader::read).toList());
        Tally tally = new Tally();
        List<PreparedRow> group = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (PreparedRow row : prepared) {
            if (!row.faults().isEmpty()) {
                tally.reject(row.row(), row.faults());
                continue;
            }
            // A key that comes again in the batch means the record an earlier row has yet to make.
            if (row.key() != null && !keys.add(row.key())) {
                save(sql, access, group, tally);
                group.clear();
                keys.clear();
                keys.add(row.key());
            }
            group.add(row);
        }
        save(sql, access, group, tally);
        return tally.result(rows.size());
    }

    private void save(DSLContext sql, CallerAccess access, List<PreparedRow> group, Tally tally) {
        Map<String, List<UUID>> existing = existing(sql, access, group);
        List<PreparedRow> accepted = new ArrayList<>();
        List<RecordInput> inputs = new ArrayList<>();
        for (PreparedRow row : group) {
            List<UUID> ids = existing.getOrDefault(String.valueOf(row.key()), List.of());
            if (key != null && ids.size() > 1) {
                Fault several = key.fault(row.key(), "import.key-ambiguous", String.valueOf(row.key()));
                tally.reject(row.row(), List.of(several));
            } else {
                accepted.add(row);
                inputs.add(row.input(ids.isEmpty() ? null : ids.getFirst()));
            }
        }
        if (inputs.isEmpty()) {
            return;
        }
        List<RecordResult> results =
                writer.within(sql, context, snapshot, tx -> writer.saveAll(tx, plan.entity(), inputs));
        for (int index = 0; index < results.size(); index++) {
            count(accepted.get(index), results.get(index), tally);
        }
    }

    private void count(PreparedRow row, RecordResult result, Tally tally) {
        switch (result) {
            case Saved saved -> tally.count(saved.outcome());
            case Rejected rejected ->
                tally.reject(
                        row.row(),
                        rejected.violations().stream()
                                .map(violation -> fault(row, violation))
                                .toList());
        }
    }

    private Fault fault(PreparedRow row, Violation violation) {
        PlannedColumn column = violation.field() == null
                ? null
                : plan.filling(violation.field()).orElse(null);
        String value = column == null ? null : row.texts().get(column.place());
        return new Fault(
                column == null ? null : column.column(),
                violation.field(),
                value,
                violation.code(),
                violation.arguments());
    }

    private Map<String, List<UUID>> existing(DSLContext sql, CallerAccess access, List<PreparedRow> group) {
        if (group.isEmpty() || (key == null && pairs == null)) {
            return Map.of();
        }
        List<String> values = group.stream()
                .map(PreparedRow::key)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
        if (key == null) {
            return Objects.requireNonNull(pairs).match(sql, access, values);
        }
        return KeyMatcher.match(sql, access, plan, key.field(), values);
    }

    private List<PreparedRow> prepare(DSLContext sql, CallerAccess access, List<ParsedRow> rows) {
        Map<Integer, Map<String, Found>> found = new HashMap<>();
        resolvers.forEach((place, resolver) -> {
            Set<String> names = new HashSet<>();
            for (ParsedRow row : rows) {
                String name = row.texts().isEmpty() ? null : row.texts().get(place);
                if (name != null) {
                    names.add(name);
                }
            }
            found.put(place, resolver.resolve(sql, access, names));
        });
        return rows.stream().map(row -> prepare(row, found)).toList();
    }

    private PreparedRow prepare(ParsedRow row, Map<Integer, Map<String, Found>> found) {
        List<Fault> faults = new ArrayList<>(row.faults());
        Map<String, @Nullable Object> values = new HashMap<>();
        if (row.texts().isEmpty()) {
            return new PreparedRow(row.row(), row.texts(), null, values, faults);
        }
        for (PlannedColumn column : plan.columns()) {
            String text = row.texts().get(column.place());
            Map<String, Found> names = found.get(column.place());
            Object value = names == null || text == null ? text : record(column, text, names, faults);
            values.put(column.field().property(), value);
        }
        if (!faults.isEmpty()) {
            addWrongValues(row, faults);
        }
        String named = key == null
                ? pairs == null ? null : pairs.key(values)
                : row.texts().get(key.place());
        if (key != null && named == null && faults.isEmpty()) {
            faults.add(key.fault(null, "import.key-empty"));
        }
        return new PreparedRow(row.row(), row.texts(), named, values, faults);
    }

    /// A row that is refused here never reaches the record's own validation; whoever corrects it wants to know
    /// everything at once.
    private void addWrongValues(ParsedRow row, List<Fault> faults) {
        for (PlannedColumn column : plan.columns()) {
            String text = row.texts().get(column.place());
            boolean known =
                    faults.stream().anyMatch(fault -> column.field().property().equals(fault.field()));
            if (text == null || known || column.lookup() != null) {
                continue;
            }
            List<Violation> violations = new ArrayList<>();
            Object value = FieldValues.parse(column.field(), text, Form.TEXT, violations);
            FieldValues.check(column.field(), value, violations);
            violations.forEach(violation -> faults.add(
                    new Fault(column.column(), violation.field(), text, violation.code(), violation.arguments())));
        }
    }

    private @Nullable Object record(PlannedColumn column, String name, Map<String, Found> names, List<Fault> faults) {
        String target = Objects.requireNonNull(column.lookup()).target().label().in(context.locale());
        return switch (Objects.requireNonNull(names.get(name))) {
            case One one -> one.id().toString();
            case None none -> {
                faults.add(column.fault(name, "import.lookup-missing", target, name));
                yield null;
            }
            case Many many -> {
                faults.add(column.fault(name, "import.lookup-ambiguous", target, name));
                yield null;
            }
        };
    }

    /// What has been counted so far.
    private static final class Tally {

        private final List<ImportReject> rejects = new ArrayList<>();
        private long created;
        private long updated;
        private long unchanged;

        void reject(CsvRow row, List<Fault> faults) {
            rejects.add(ImportReject.of(row, faults));
        }

        void count(RecordResult.Outcome outcome) {
            switch (outcome) {
                case CREATED -> created++;
                case UPDATED -> updated++;
                case UNCHANGED -> unchanged++;
                case DELETED, RESTORED -> throw new IllegalArgumentException("A row is never " + outcome);
            }
        }

        Result result(long processed) {
            return new Result(
                    new ImportCounts(processed, created, updated, unchanged, rejects.size()), List.copyOf(rejects));
        }
    }
}
