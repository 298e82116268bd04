package io.relata.core.record;

import io.relata.core.expression.Budget;
import io.relata.core.expression.Environment;
import io.relata.core.expression.Evaluator;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.ValueKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// What an entity's expressions are for records on their way to the store. What they read over lookups is fetched for
/// all records together.
final class DraftValues {

    private static final BigDecimal BEYOND = BigDecimal.TEN.pow(18);

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final Neighbours neighbours;
    private final Environment environment;
    private final Instant now;
    private final Map<String, Map<List<String>, Formula.Source>> wanted = new LinkedHashMap<>();
    private final Map<String, Map<UUID, Map<List<String>, @Nullable Object>>> fetched = new HashMap<>();

    /// @param formulas all expressions that are going to be computed, formulas that they read included
    DraftValues(
            WriteTransaction tx,
            EntityDefinition entity,
            Iterable<Formula> formulas,
            Neighbours neighbours,
            Instant now) {
        this.tx = tx;
        this.entity = entity;
        this.neighbours = neighbours;
        this.now = now;
        this.environment =
                new Environment(now, tx.context().zone(), tx.context().locale());
        formulas.forEach(formula -> formula.sources().forEach((names, source) -> {
            if (names.size() > 1) {
                wanted.computeIfAbsent(names.getFirst(), lookup -> new HashMap<>())
                        .put(names, source);
            }
        }));
    }

    /// Fetches what the drafts' lookups point to, as far as it has not been fetched.
    void fetch(DSLContext sql, List<RecordDraft> drafts) {
        wanted.forEach((lookup, sources) -> {
            FieldDefinition field = entity.field(lookup).orElseThrow();
            Map<UUID, Map<List<String>, @Nullable Object>> known =
                    fetched.computeIfAbsent(lookup, name -> new HashMap<>());
            Set<UUID> missing = new HashSet<>();
            for (RecordDraft draft : drafts) {
                if (draft.value(field) instanceof UUID id && !known.containsKey(id)) {
                    missing.add(id);
                }
            }
            if (!missing.isEmpty()) {
                EntityDefinition target = tx.entity(String.valueOf(field.target()));
                known.putAll(neighbours.read(sql, tx.context(), target, missing, sources));
            }
        });
    }

    /// Returns what computes expressions on the draft as it is now.
    OfDraft of(RecordDraft draft) {
        return new OfDraft(draft);
    }

    /// The expressions of one draft, which shares one budget among them.
    final class OfDraft {

        private final RecordDraft draft;
        private final Evaluator evaluator = new Evaluator(environment, this::value, new Budget());

        private OfDraft(RecordDraft draft) {
            this.draft = draft;
        }

        /// @throws Budget.Exhausted when the draft's expressions cost too much
        boolean holds(Formula condition) {
            return evaluator.holds(condition.expression().root());
        }

        /// Returns the value as the field holds it.
        ///
        /// @throws Budget.Exhausted when the draft's expressions cost too much
        @Nullable
        Object value(FieldDefinition field, Formula formula) {
            return fitted(field, evaluator.value(formula.expression().root()));
        }

        private @Nullable Object value(List<String> names) {
            String first = names.getFirst();
            if (names.size() > 1) {
                FieldDefinition lookup = entity.field(first).orElseThrow();
                return draft.value(lookup) instanceof UUID id
                        ? fetched.getOrDefault(first, Map.of())
                                .getOrDefault(id, Map.of())
                                .get(names)
                        : null;
            }
            FieldDefinition field = entity.field(first).orElse(null);
            if (field == null) {
                return system(first);
            }
            Formula formula = field.formula();
            return formula == null ? draft.value(field) : value(field, formula);
        }

        private boolean changes() {
            return !draft.changes().isEmpty();
        }

        private @Nullable Object system(String name) {
            RecordData before = draft.before();
            return switch (name) {
                case "id" -> draft.id();
                case "createdAt" -> before == null ? now : before.createdAt();
                case "createdBy" -> before == null ? tx.context().user() : before.createdBy();
                case "updatedAt" -> before == null || changes() ? now : before.updatedAt();
                default -> before == null || changes() ? tx.context().user() : before.updatedBy();
            };
        }
    }

    /// Returns the value as the field holds it: rounded and cut to what the field says, empty when it is too large.
    static @Nullable Object fitted(FieldDefinition field, @Nullable Object value) {
        if (value instanceof BigDecimal number) {
            BigDecimal rounded = number.setScale(field.scale(), RoundingMode.HALF_UP);
            if (rounded.unscaledValue().abs().compareTo(BEYOND.toBigInteger()) >= 0) {
                return null;
            }
            return field.kind() == ValueKind.INTEGER ? (Object) rounded.longValueExact() : rounded;
        }
        if (value instanceof String text) {
            int length = text.codePointCount(0, text.length());
            int most = field.maxLength() == 0 ? length : Math.min(length, field.maxLength());
            String cut = text.substring(0, text.offsetByCodePoints(0, most));
            return cut.isEmpty() ? null : cut;
        }
        return value;
    }

    /// Returns the formulas of the fields, and conditions and rules, whatever they are for.
    static List<Formula> all(EntityDefinition entity) {
        List<Formula> all = new ArrayList<>();
        for (FieldDefinition field : entity.fields()) {
            if (field.formula() != null) {
                all.add(field.formula());
            }
            all.addAll(field.conditions().all());
        }
        entity.rules().forEach(rule -> all.add(rule.bound()));
        return all;
    }
}
