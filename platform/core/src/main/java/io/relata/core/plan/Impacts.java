package io.relata.core.plan;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.length;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.HiddenField;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataDiff.Operation;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.PicklistOption;
import io.relata.core.metadata.Proposal;
import io.relata.core.metadata.ValueKind;
import io.relata.core.problem.Violation;
import io.relata.core.record.Conversion;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.StoredValue;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Counts what a change would mean for the records there are.
///
/// A count that takes too long is left out and said to be: `counted` is false then.
final class Impacts {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int PORTION = 2_000;
    private static final int MOST_TRIED = 200_000;
    private static final int SAMPLES = 10;
    private static final int MOST_OPTIONS = 1_000;

    private final DSLContext sql;
    private final UUID tenant;
    private final Proposal proposal;
    private final ExpressionImpacts expressions;
    private final Map<String, RecordColumns> columns = new LinkedHashMap<>();

    Impacts(DSLContext sql, CallContext context, Proposal proposal, Clock clock) {
        this.sql = sql;
        this.tenant = context.tenant();
        this.proposal = proposal;
        this.expressions = new ExpressionImpacts(sql, context, proposal, clock);
    }

    /// Returns the impacts by component; components without one are left out.
    Map<ComponentKey, ObjectNode> all() {
        sql.execute("set local statement_timeout = " + PATIENCE_MILLIS);
        Map<ComponentKey, ObjectNode> impacts = new LinkedHashMap<>();
        for (Change change : proposal.diff().changes()) {
            ObjectNode impact = JsonNodeFactory.instance.objectNode();
            sql.execute("savepoint impact");
            try {
                count(change, impact);
                sql.execute("release savepoint impact");
            } catch (DataAccessException tooSlow) {
                sql.execute("rollback to savepoint impact");
                impact.put("counted", false);
            }
            if (!impact.isEmpty()) {
                impacts.put(change.component(), impact);
            }
        }
        sql.execute("set local statement_timeout = 0");
        return impacts;
    }

    private void count(Change change, ObjectNode impact) {
        ComponentKey key = change.component();
        EntityDefinition entity = entity(proposal.before(), key);
        if (entity == null) {
            return;
        }
        RecordColumns table = columns.computeIfAbsent(entity.name(), name -> RecordColumns.of(entity));
        boolean removed = change.operation() == Operation.REMOVE;
        if (key.part() == ComponentKey.Part.ENTITY && removed && entity.custom()) {
            impact.put(
                    "records",
                    sql.fetchCount(DSL.selectOne().from(table.table()).where(table.live(tenant))));
        } else if (key.part() == ComponentKey.Part.FIELD) {
            FieldDefinition field = entity.field(key.name()).orElse(null);
            if (field != null && removed && key.own() && entity(proposal.after(), key) != null) {
                impact.put("values", values(table, field));
            } else if (field != null && change.operation() != Operation.REMOVE) {
                new OfField(table, change, field, impact).count();
            }
        }
        EntityDefinition after = entity(proposal.after(), key);
        if (after != null && !removed) {
            expressions.count(change, entity, after, impact);
        }
    }

    private int values(RecordColumns table, FieldDefinition field) {
        return sql.fetchCount(DSL.selectOne()
                .from(table.table())
                .where(table.live(tenant))
                .and(table.field(field).isNotNull()));
    }

    private static @Nullable EntityDefinition entity(MetadataSnapshot snapshot, ComponentKey key) {
        return snapshot.entities().stream()
                .filter(one -> one.key().equals(key.entity()))
                .findFirst()
                .orElse(null);
    }

    /// What a change of one field means.
    private final class OfField {

        private final RecordColumns table;
        private final Change change;
        private final FieldDefinition before;
        private final ObjectNode impact;

        OfField(RecordColumns table, Change change, FieldDefinition before, ObjectNode impact) {
            this.table = table;
            this.change = change;
            this.before = before;
            this.impact = impact;
        }

        void count() {
            EntityDefinition entity = entity(proposal.after(), change.component());
            if (entity == null) {
                return;
            }
            FieldDefinition after = entity.hidden().stream()
                    .filter(place -> place.filling() && place.of().equals(before.name()))
                    .map(HiddenField::field)
                    .findFirst()
                    .or(() -> entity.field(before.name()))
                    .orElse(before);
            Field<?> value = table.field(before);
            if (change.touches("type") || change.touches("scale")) {
                tryConversion(after);
            } else if (change.touches("indexed")) {
                impact.put("moves", values(table, before));
            } else {
                limits(after, value);
            }
            if (change.touches("required") && after.required() && !before.required()) {
                impact.put("empty", number(value.isNull()));
            }
            if (change.touches("unique") && (after.unique() || after.claiming()) && !before.unique()) {
                clashes(value);
            }
        }

        private void limits(FieldDefinition after, Field<?> value) {
            if (change.touches("maxLength") && after.maxLength() < before.maxLength()) {
                impact.put("tooLong", number(length(value.cast(String.class)).gt(after.maxLength())));
            }
            if (change.touches("min") || change.touches("max")) {
                outOfRange(after, value);
            }
            if (change.touches("options")) {
                options(after, value);
            }
        }

        private void outOfRange(FieldDefinition after, Field<?> value) {
            Field<Long> number = value.coerce(Long.class);
            Condition outside = DSL.noCondition();
            if (after.min() != null) {
                outside = outside.or(
                        number.lt(after.min().movePointRight(after.scale()).longValue()));
            }
            if (after.max() != null) {
                outside = outside.or(
                        number.gt(after.max().movePointRight(after.scale()).longValue()));
            }
            boolean number64 = before.kind() == ValueKind.INTEGER || before.kind() == ValueKind.DECIMAL;
            if (number64 && (after.min() != null || after.max() != null)) {
                impact.put("outOfRange", number(outside));
            }
        }

        /// Records with an option that is no longer offered keep it.
        private void options(FieldDefinition after, Field<?> value) {
            Set<String> offered = new HashSet<>();
            after.options().stream().filter(PicklistOption::active).forEach(option -> offered.add(option.value()));
            List<String> gone = before.options().stream()
                    .filter(PicklistOption::active)
                    .map(PicklistOption::value)
                    .filter(option -> !offered.contains(option))
                    .toList();
            if (gone.isEmpty()) {
                return;
            }
            ObjectNode used = JsonNodeFactory.instance.objectNode();
            Field<String> option = value.coerce(String.class);
            sql.select(option, DSL.count())
                    .from(table.table())
                    .where(table.live(tenant))
                    .and(option.eq(DSL.any(gone.toArray(String[]::new))))
                    .groupBy(option)
                    .limit(MOST_OPTIONS)
                    .forEach(row -> used.put(row.value1(), row.value2()));
            if (!used.isEmpty()) {
                impact.set("optionsInUse", used);
            }
        }

        private void clashes(Field<?> value) {
            ArrayNode samples = JsonNodeFactory.instance.arrayNode();
            Field<Integer> times = DSL.count();
            Result<? extends Record> found = sql.select(value, times)
                    .from(table.table())
                    .where(table.live(tenant))
                    .and(value.isNotNull())
                    .groupBy(value)
                    .having(times.gt(inline(1)))
                    .limit(MOST_OPTIONS)
                    .fetch();
            found.stream()
                    .limit(SAMPLES)
                    .forEach(row -> samples.addObject()
                            .put("value", String.valueOf(row.get(0)))
                            .put("records", row.get(times)));
            impact.put("clashes", found.size());
            if (!samples.isEmpty()) {
                impact.set("samples", samples);
            }
        }

        private int number(Condition condition) {
            return sql.fetchCount(DSL.selectOne()
                    .from(table.table())
                    .where(table.live(tenant))
                    .and(condition));
        }

        /// Tries the conversion on the records, the first so many of them.
        private void tryConversion(FieldDefinition after) {
            long converts = 0;
            long fails = 0;
            long seen = 0;
            ArrayNode samples = JsonNodeFactory.instance.arrayNode();
            UUID last = null;
            List<Record> page = page(null);
            while (!page.isEmpty() && seen < MOST_TRIED) {
                for (Record row : page) {
                    last = row.get(table.id());
                    seen++;
                    Object value = StoredValue.toValue(before, row.get(1));
                    List<Violation> violations = new ArrayList<>();
                    Conversion.convert(before, after, value, violations);
                    if (!violations.isEmpty()) {
                        fails++;
                        sample(samples, last, value, violations.getFirst());
                    } else if (value != null) {
                        converts++;
                    }
                }
                page = page.size() < PORTION ? List.of() : page(last);
            }
            impact.put("converts", converts).put("fails", fails);
            if (!page.isEmpty()) {
                impact.put("tried", seen);
            }
            if (!samples.isEmpty()) {
                impact.set("samples", samples);
            }
        }

        private List<Record> page(@Nullable UUID after) {
            Condition rest = after == null ? DSL.noCondition() : table.id().gt(after);
            return new ArrayList<>(sql.select(table.id(), table.field(before))
                    .from(table.table())
                    .where(table.live(tenant))
                    .and(rest)
                    .orderBy(table.id())
                    .limit(PORTION)
                    .fetch());
        }

        private static void sample(ArrayNode samples, UUID id, @Nullable Object value, Violation violation) {
            if (samples.size() < SAMPLES) {
                ArrayNode arguments = JsonNodeFactory.instance.arrayNode();
                violation.arguments().forEach(argument -> arguments.addPOJO(argument));
                samples.addObject()
                        .put("id", id.toString())
                        .put("value", String.valueOf(value))
                        .put("code", violation.code())
                        .<ObjectNode>set("arguments", arguments);
            }
        }
    }
}
