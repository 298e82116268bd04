package io.relata.core.record;

import io.relata.core.expression.Budget;
import io.relata.core.metadata.Conditions;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.metadata.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds records against the conditions of their fields and the rules of their entity: whoever writes, and by whatever
/// way. A condition looks at the record as it would be.
final class RuleCheck {

    private final EntityDefinition entity;
    private final DraftValues values;
    private final Locale locale;
    private final List<FieldDefinition> conditioned;

    RuleCheck(EntityDefinition entity, DraftValues values, Locale locale) {
        this.entity = entity;
        this.values = values;
        this.locale = locale;
        this.conditioned = entity.fields().stream()
                .filter(field -> !field.conditions().formulas().isEmpty())
                .toList();
    }

    /// Adds a violation for everything that speaks against the drafts.
    void check(List<RecordDraft> drafts) {
        if (conditioned.isEmpty() && entity.rules().isEmpty()) {
            return;
        }
        for (RecordDraft draft : drafts) {
            boolean writes =
                    draft.hasValues() && (draft.isNew() || !draft.changes().isEmpty());
            if (writes) {
                try {
                    check(draft, values.of(draft));
                } catch (Budget.Exhausted exhausted) {
                    draft.reject(null, "expression-too-costly");
                }
            }
        }
    }

    private void check(RecordDraft draft, DraftValues.OfDraft record) {
        Set<String> wrong = wrong(draft);
        for (FieldDefinition field : conditioned) {
            if (!wrong.contains(field.name())) {
                check(draft, record, field, wrong);
            }
        }
        for (Rule rule : entity.rules()) {
            if (readable(rule.bound(), wrong) && record.holds(rule.bound())) {
                String property = rule.field() == null
                        ? null
                        : entity.field(rule.field())
                                .map(FieldDefinition::property)
                                .orElse(null);
                draft.reject(property, "rule-broken", rule.message().in(locale), rule.name());
            }
        }
    }

    /// Returns the fields with which something is wrong already.
    private Set<String> wrong(RecordDraft draft) {
        Set<String> properties = new HashSet<>();
        draft.violations().forEach(found -> properties.add(String.valueOf(found.field())));
        return entity.fields().stream()
                .filter(field -> properties.contains(field.property()))
                .map(FieldDefinition::name)
                .collect(Collectors.toSet());
    }

    private void check(RecordDraft draft, DraftValues.OfDraft record, FieldDefinition field, Set<String> wrong) {
        Conditions conditions = field.conditions();
        boolean hidden = conditions.get(Conditions.VISIBLE) != null
                && !holds(conditions.get(Conditions.VISIBLE), record, wrong, true);
        boolean written = draft.sent(field) && draft.changed(field);
        Object value = draft.value(field);
        if (written && value != null && hidden) {
            draft.reject(field.property(), "not-visible");
        } else if (written && holds(conditions.get(Conditions.READ_ONLY), record, wrong, false)) {
            draft.reject(field.property(), "read-only-now");
        } else if (value == null && !hidden && holds(conditions.get(Conditions.REQUIRED), record, wrong, false)) {
            draft.reject(field.property(), "required");
        } else if (value != null && draft.changed(field) && !choosable(conditions, value, record, wrong)) {
            draft.reject(field.property(), "not-an-option");
        }
    }

    private static boolean choosable(
            Conditions conditions, Object value, DraftValues.OfDraft record, Set<String> wrong) {
        Formula condition = conditions.ofOption(value.toString());
        return condition == null || holds(condition, record, wrong, true);
    }

    /// @param otherwise what counts when there is no condition, or what it reads is wrong itself
    private static boolean holds(
            @Nullable Formula condition, DraftValues.OfDraft record, Set<String> wrong, boolean otherwise) {
        if (condition == null || !readable(condition, wrong)) {
            return otherwise;
        }
        return record.holds(condition);
    }

    private static boolean readable(Formula condition, Set<String> wrong) {
        return condition.sources().keySet().stream().noneMatch(names -> wrong.contains(names.getFirst()));
    }
}
