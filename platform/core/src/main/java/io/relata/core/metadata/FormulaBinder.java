package io.relata.core.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.relata.core.expression.Expression;
import io.relata.core.expression.Mistake;
import io.relata.core.expression.Node;
import io.relata.core.expression.Type;
import io.relata.core.metadata.type.Setting;
import io.relata.core.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of a tenant's definitions, each formula after those that it reads, and says what is wrong.
final class FormulaBinder {

    private static final String RULES = "rules.";

    private final Map<String, EntityDefinition> entities;
    private final Map<String, Optional<FieldDefinition>> bound = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    /// @param entities by name
    FormulaBinder(Map<String, EntityDefinition> entities) {
        this.entities = Map.copyOf(entities);
    }

    /// What is wrong with an expression.
    ///
    /// @param member the member of the entity's definition that has the expression
    record Fault(String entity, String member, List<Mistake> mistakes) {

        /// Adds what is wrong, at its place in the entity's document.
        ///
        /// @param document `null` when the tenant has set nothing of the entity
        void into(@Nullable JsonNode document, List<Violation> violations) {
            String path = path(document);
            mistakes.forEach(mistake -> violations.add(new Violation(path, mistake.code(), mistake.arguments())));
        }

        /// Returns whether it is in a place that no field shows yet.
        boolean hidden() {
            return member.indexOf('~') >= 0;
        }

        private String path(@Nullable JsonNode document) {
            boolean ofRule = member.startsWith(RULES);
            String rest = ofRule ? member.substring(RULES.length()) : member;
            String name = rest.substring(0, rest.indexOf('.'));
            String list = ofRule ? "rules" : "fields";
            JsonNode elements = document == null ? MissingNode.getInstance() : document.path(list);
            for (int i = 0; i < elements.size(); i++) {
                if (elements.get(i).path("name").asText().equals(name)) {
                    return list + "[" + i + "]" + rest.substring(name.length());
                }
            }
            return member;
        }
    }

    List<Fault> faults() {
        return faults;
    }

    Optional<EntityDefinition> entity(String name) {
        return Optional.ofNullable(entities.get(name));
    }

    /// Returns the entity's fields, formulas with the type of their values; those that are wrong are left out.
    List<FieldDefinition> fields(EntityDefinition entity) {
        return entity.fields().stream()
                .flatMap(field -> bound(entity, field).stream().map(known -> withConditions(entity, field, known)))
                .toList();
    }

    /// Returns the entity's rules that can be read.
    List<Rule> rules(EntityDefinition entity) {
        List<Rule> rules = new ArrayList<>();
        for (Rule rule : entity.rules()) {
            String member = RULES + rule.name();
            if (rule.field() != null && entity.field(rule.field()).isEmpty()) {
                Mistake mistake = new Mistake(1, "field-unknown", List.of(rule.field()));
                faults.add(new Fault(entity.name(), member + ".field", List.of(mistake)));
            } else {
                condition(entity, member + ".refuseWhen", rule.refuseWhen(), Type.Plain.TRUTH)
                        .ifPresent(read -> rules.add(rule.with(read)));
            }
        }
        return rules;
    }

    /// @param written the field as it was defined, which has the conditions
    private FieldDefinition withConditions(EntityDefinition entity, FieldDefinition written, FieldDefinition known) {
        Conditions conditions = written.conditions();
        if (conditions.texts().isEmpty()) {
            return known;
        }
        Map<String, Formula> formulas = new HashMap<>();
        conditions.texts().forEach((member, text) -> {
            Type wanted = member.equals(Conditions.DEFAULT) ? ExpressionTypes.of(written) : Type.Plain.TRUTH;
            condition(entity, written.name() + "." + member, text, wanted)
                    .ifPresent(read -> formulas.put(member, read));
        });
        return known.with(changed -> changed.set(Setting.CONDITIONS, new Conditions(conditions.texts(), formulas)));
    }

    /// Returns the expression, bound to what it names; empty when it is wrong.
    Optional<Formula> condition(EntityDefinition entity, String member, String text, Type wanted) {
        Expression.Reading reading = Expression.read(text, new EntityScope(this, entity), wanted);
        Expression expression = reading.expression();
        if (expression == null) {
            faults.add(new Fault(entity.name(), member, reading.mistakes()));
            return Optional.empty();
        }
        return Optional.of(new Formula(expression, false, sources(entity, expression)));
    }

    /// Returns the field as it is in a snapshot; empty when its formula is wrong.
    Optional<FieldDefinition> bound(EntityDefinition entity, FieldDefinition field) {
        String text = field.settings().get(Setting.EXPRESSION);
        if (text == null) {
            return Optional.of(field);
        }
        String key = entity.name() + "." + field.name();
        Optional<FieldDefinition> known = bound.get(key);
        if (known != null) {
            return known;
        }
        if (!underWay.add(key)) {
            fault(entity, field, List.of(new Mistake(1, "expression-cycle", List.of(1, field.name()))));
            return Optional.empty();
        }
        Optional<FieldDefinition> result = Optional.ofNullable(bind(entity, field, text));
        underWay.remove(key);
        bound.put(key, result);
        return result;
    }

    private void fault(EntityDefinition entity, FieldDefinition field, List<Mistake> mistakes) {
        faults.add(new Fault(entity.name(), field.name() + "." + Setting.EXPRESSION.name(), mistakes));
    }

    private @Nullable FieldDefinition bind(EntityDefinition entity, FieldDefinition field, String text) {
        Expression.Reading reading = Expression.read(text, new EntityScope(this, entity), null);
        Expression expression = reading.expression();
        if (expression == null) {
            fault(entity, field, reading.mistakes());
            return null;
        }
        boolean stored = field.settings().get(Setting.STORED, false);
        if (stored && !expression.steady()) {
            fault(entity, field, List.of(new Mistake(1, "expression-not-steady", List.of(1))));
            return null;
        }
        if (stored && readsLookups(entity, expression)) {
            fault(entity, field, List.of(new Mistake(1, "expression-reads-lookups", List.of(1))));
            return null;
        }
        Type type = expression.type();
        ExpressionTypes.Result result = ExpressionTypes.result(
                        type, field.settings().get(Setting.SCALE))
                .orElse(null);
        if (result == null) {
            fault(entity, field, List.of(new Mistake(1, "expression-no-field", List.of(1, type.word()))));
            return null;
        }
        return FieldDefinition.builder(field.name(), result.type(), field.label())
                .slot(field.slot())
                .member(field.member())
                .help(field.help())
                .readOnly(true)
                .settings(result.settings()
                        .with(Setting.FORMAT, field.settings().get(Setting.FORMAT))
                        .with(Setting.FORMULA, new Formula(expression, stored, sources(entity, expression)))
                        .with(Setting.ACCESS, field.settings().get(Setting.ACCESS)))
                .build();
    }

    /// What another record changes is not known when this one is saved.
    private static boolean readsLookups(EntityDefinition entity, Expression expression) {
        return expression.paths().stream()
                .anyMatch(path -> entity.field(path.names().getFirst())
                        .filter(field -> field.type().isLookup()
                                || field.rollUp() != null
                                || field.virtual()
                                || field.settings().get(Setting.EXPRESSION) != null)
                        .isPresent());
    }

    private Map<List<String>, Formula.Source> sources(EntityDefinition entity, Expression expression) {
        Map<List<String>, Formula.Source> sources = new HashMap<>();
        for (Node.Path path : expression.paths()) {
            sources.put(path.names(), source(entity, path.names()));
        }
        return sources;
    }

    private Formula.Source source(EntityDefinition entity, List<String> names) {
        List<Formula.Hop> hops = new ArrayList<>();
        EntityDefinition at = entity;
        for (String lookup : names.subList(0, names.size() - 1)) {
            FieldDefinition field = at.field(lookup).orElseThrow();
            at = entity(String.valueOf(field.target())).orElseThrow();
            hops.add(new Formula.Hop(field, at));
        }
        EntityDefinition last = at;
        String name = names.getLast();
        FieldDefinition field =
                last.field(name).flatMap(found -> bound(last, found)).orElse(null);
        return new Formula.Source(hops, field, field == null ? name : field.property());
    }
}
