package io.relata.core.metadata;

import io.relata.core.expression.Mistake;
import io.relata.core.expression.Type;
import io.relata.core.metadata.FormulaBinder.Fault;
import io.relata.core.metadata.type.FieldSettings;
import io.relata.core.metadata.type.FieldTypes;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads expressions that no definition has, as if the entity's had them.
public final class LooseExpressions {

    private static final String NAME = "tried";

    private final FormulaBinder binder;
    private final EntityDefinition entity;
    private final String member;

    /// @param member what the caller calls the expression
    public LooseExpressions(MetadataSnapshot snapshot, EntityDefinition entity, String member) {
        Map<String, EntityDefinition> entities = new HashMap<>();
        snapshot.entities().forEach(one -> entities.put(one.name(), one));
        this.binder = new FormulaBinder(entities);
        this.entity = entity;
        this.member = member;
    }

    /// Returns the expression as a condition.
    ///
    /// @throws ProblemException VALIDATION with everything wrong
    public Formula condition(String text) {
        return found(binder.condition(entity, NAME, text, Type.Plain.TRUTH));
    }

    /// Returns the field that a formula of the expression would be.
    ///
    /// @param scale the digits that are wanted; `null` for those that the expression has
    /// @throws ProblemException VALIDATION with everything wrong
    public FieldDefinition formula(String text, @Nullable Integer scale) {
        FieldSettings settings =
                FieldSettings.NONE.with(Setting.EXPRESSION, text).with(Setting.SCALE, scale);
        FieldDefinition written = FieldDefinition.builder(
                        NAME, FieldTypes.FORMULA, new LocalizedText(Map.of("en", NAME)))
                .settings(settings)
                .build();
        return found(binder.bound(entity, written));
    }

    /// Returns the expression as one that gives values for a field.
    ///
    /// @param target of this entity or another; its kind has a place in expressions
    /// @throws ProblemException VALIDATION with everything wrong
    public Formula value(String text, FieldDefinition target) {
        return found(binder.condition(entity, NAME, text, ExpressionTypes.of(target)));
    }

    private <T> T found(Optional<T> read) {
        return read.orElseThrow(() -> ProblemException.invalid(binder.faults().stream()
                .map(Fault::mistakes)
                .flatMap(List<Mistake>::stream)
                .map(mistake -> new Violation(member, mistake.code(), mistake.arguments()))
                .toList()));
    }
}
