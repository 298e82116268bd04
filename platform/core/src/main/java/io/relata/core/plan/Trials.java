package io.relata.core.plan;

import io.relata.core.audit.SensitiveReads.Way;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.LooseExpressions;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.NeighbourReader;
import io.relata.core.query.Property;
import io.relata.core.query.Query;
import io.relata.core.query.RecordReader;
import io.relata.core.query.Sort;
import io.relata.core.query.Value;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordTrial;
import io.relata.core.record.WriteTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Tries expressions on the newest records that the caller may read, before a definition has them.
public final class Trials {

    private static final int RECORDS = 1_000;
    private static final Value.Path ID =
            new Value.Path(List.of(), new Property.OfRecord(Property.OfRecord.ID, ValueKind.UUID));

    private final Function<CallContext, MetadataSnapshot> seen;
    private final MetadataService metadata;
    private final Clock clock;

    /// @param seen the metadata as a caller sees it
    public Trials(Function<CallContext, MetadataSnapshot> seen, MetadataService metadata, Clock clock) {
        this.seen = seen;
        this.metadata = metadata;
        this.clock = clock;
    }

    /// What came of it.
    ///
    /// @param type of a formula's values; `null` for a condition
    public record Trial(@Nullable FieldDefinition type, RecordTrial.Outcome outcome) {}

    /// Tries a condition: how many records meet it.
    ///
    /// @throws ProblemException FORBIDDEN, UNKNOWN_ENTITY; VALIDATION with everything wrong in the expression
    public Trial condition(CallContext context, String entityName, String member, String text) {
        MetadataSnapshot snapshot = seen.apply(context);
        EntityDefinition entity = entity(snapshot, entityName);
        return metadata.look(context, tx -> {
            Formula condition = new LooseExpressions(snapshot, entity, member).condition(text);
            RecordTrial trial = of(tx.sql(), context, snapshot, entity, entity, clock);
            return new Trial(null, trial.condition(condition, values -> true));
        });
    }

    /// Tries a formula: what it gives.
    ///
    /// @param scale the digits that are wanted; `null` for those that the expression has
    /// @throws ProblemException FORBIDDEN, UNKNOWN_ENTITY; VALIDATION with everything wrong in the expression
    public Trial formula(CallContext context, String entityName, String member, String text, @Nullable Integer scale) {
        MetadataSnapshot snapshot = seen.apply(context);
        EntityDefinition entity = entity(snapshot, entityName);
        return metadata.look(context, tx -> {
            FieldDefinition field = new LooseExpressions(snapshot, entity, member).formula(text, scale);
            RecordTrial trial = of(tx.sql(), context, snapshot, entity, entity, clock);
            return new Trial(field, trial.formula(field, Objects.requireNonNull(field.formula())));
        });
    }

    private static EntityDefinition entity(MetadataSnapshot snapshot, String name) {
        return snapshot.entity(name)
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNKNOWN_ENTITY, "unknown-entity", name));
    }

    /// Returns a trial on the newest records.
    ///
    /// @param stored by which they are read
    /// @param tried  as which they are looked at
    static RecordTrial of(
            DSLContext sql,
            CallContext context,
            MetadataSnapshot snapshot,
            EntityDefinition stored,
            EntityDefinition tried,
            Clock clock) {
        List<FieldDefinition> fields =
                stored.fields().stream().filter(field -> !field.virtual()).toList();
        Query query = new Query(
                Query.Selection.all(stored), List.of(new Sort(ID, true)), fields, List.of(), RECORDS, false, 0, null);
        List<RecordData> records =
                RecordReader.page(sql, context, query, Way.TRIAL).records();
        WriteTransaction tx = new WriteTransaction(sql, context, snapshot);
        return new RecordTrial(tx, tried, records, NeighbourReader.asReadByTheCaller(), clock);
    }
}
