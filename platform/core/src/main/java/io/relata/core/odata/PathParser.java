package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.ValueKind;
import io.relata.core.odata.Token.Kind;
import io.relata.core.query.Filter;
import io.relata.core.query.Members;
import io.relata.core.query.Property;
import io.relata.core.query.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads paths: to a property over lookups, or to a collection and what is asked of its members.
final class PathParser {

    /// Every lookup on the way is one more join.
    static final int MAX_LOOKUPS = 3;

    /// Of collections inside collections.
    private static final int MAX_COLLECTIONS = 3;

    private final ExpressionParser expressions;
    private final Tokens tokens;
    private final QueryContext context;
    private Scope scope;

    PathParser(ExpressionParser expressions, Tokens tokens, Scope scope, QueryContext context) {
        this.expressions = expressions;
        this.tokens = tokens;
        this.scope = scope;
        this.context = context;
    }

    /// Reads the path whose first name has been read.
    Operand read(Token first) {
        Scope.Place bare = scope.bare();
        if (bare == null) {
            return column(first);
        }
        Value computed = scope.named().get(List.of(first.text()));
        if (computed != null) {
            return new Operand(computed, first, 1);
        }
        Optional<Scope.Place> variable = scope.variable(first.text());
        if (variable.isEmpty()) {
            return walk(first, bare, first);
        }
        if (!tokens.skip("/")) {
            throw Refusal.of("query-path", tokens.option(), MAX_LOOKUPS);
        }
        return walk(first, variable.get(), tokens.require(Kind.NAME));
    }

    /// Reads the name of a column of computed rows.
    private Operand column(Token first) {
        List<String> path = new ArrayList<>(List.of(first.text()));
        while (tokens.skip("/")) {
            path.add(tokens.require(Kind.NAME).text());
        }
        Value column = scope.named().get(path);
        if (column == null) {
            throw Refusal.named("query-not-grouped", tokens.option(), first.start() + 1, String.join("/", path));
        }
        return new Operand(column, first, 1);
    }

    private Operand walk(Token first, Scope.Place start, Token firstName) {
        List<Value.Path.Step> steps = new ArrayList<>();
        EntityDefinition entity = start.entity();
        Token name = firstName;
        while (true) {
            EntityDefinition entityAt = entity;
            Token at = name;
            Optional<Value.Path.Step> lookup = lookup(entity, name.text()).or(() -> cast(entityAt, at));
            if (lookup.isEmpty() || !tokens.skip("/")) {
                return end(first, start, entity, steps, name);
            }
            steps.add(lookup.get());
            if (steps.size() > MAX_LOOKUPS) {
                throw Refusal.of("query-path", tokens.option(), MAX_LOOKUPS);
            }
            entity = lookup.get().target();
            name = tokens.require(Kind.NAME);
        }
    }

    /// Reads what the path leads to: a property, the id under a lookup's name, or a collection.
    private Operand end(
            Token first, Scope.Place start, EntityDefinition entity, List<Value.Path.Step> steps, Token name) {
        Optional<RecordCollection> collection = context.snapshot().collection(entity, name.text());
        if (collection.isPresent()) {
            return collection(first, new Members(start.level(), steps, collection.get()));
        }
        Property property = property(entity, name);
        if (property.kind() == ValueKind.SECRET) {
            throw Refusal.of("query-secret", tokens.option(), property.name());
        }
        if (property.kind() == ValueKind.LIST && tokens.at("/")) {
            return list(first, new Value.Path(start.level(), steps, property));
        }
        if (property instanceof Property.OfField of && tokens.skip("/")) {
            property = part(of.field(), tokens.require(Kind.NAME));
        }
        return new Operand(new Value.Path(start.level(), steps, property), first, 1);
    }

    private Property part(FieldDefinition field, Token name) {
        return field.type().parts().stream()
                .filter(part -> part.name().equals(name.text()))
                .findFirst()
                .map(part -> new Property.OfPart(field, part))
                .orElseThrow(() -> tokens.named("query-unknown-name", name));
    }

    /// Reads what a list of texts is asked for: `any(t:t eq 'a' or t in ('b','c'))`, or `any()` for anything at all;
    /// `all(t:t in ('a','b'))` for nothing else.
    private Operand list(Token first, Value.Path list) {
        tokens.require("/");
        boolean all = tokens.atName("all");
        if (all) {
            tokens.next();
        } else {
            tokens.requireName("any");
        }
        tokens.require("(");
        List<String> texts = new ArrayList<>();
        if (all || !tokens.skip(")")) {
            Token name = tokens.require(Kind.NAME);
            tokens.require(":");
            alternative(name, texts);
            while (tokens.atName("or")) {
                tokens.next();
                alternative(name, texts);
            }
            tokens.require(")");
        }
        if (texts.size() > context.limits().choices()) {
            throw Refusal.of(
                    "query-too-many-choices", tokens.option(), context.limits().choices());
        }
        return Operand.of(all ? new Filter.Only(list, texts) : new Filter.Has(list, texts), first, 2);
    }

    private void alternative(Token name, List<String> texts) {
        Token used = tokens.require(Kind.NAME);
        if (!used.text().equals(name.text())) {
            throw tokens.named("query-unknown-name", used);
        }
        if (tokens.atName("eq")) {
            tokens.next();
            texts.add(tokens.require(Kind.TEXT).text());
            return;
        }
        tokens.requireName("in");
        tokens.require("(");
        do {
            texts.add(tokens.require(Kind.TEXT).text());
        } while (tokens.skip(","));
        tokens.require(")");
    }

    private Property property(EntityDefinition entity, Token name) {
        return entity.field(name.text())
                .filter(field -> field.type().isLookup() && !field.targets().isEmpty())
                .<Property>map(Property.OfField::new)
                .or(() -> Property.of(entity, name.text()))
                .orElseThrow(() -> tokens.named("query-unknown-name", name));
    }

    private Optional<Value.Path.Step> lookup(EntityDefinition entity, String name) {
        return entity.field(name).filter(field -> field.type().isLookup()).flatMap(this::step);
    }

    /// Reads to which of its entities a lookup is followed: `about/Relata.account`.
    private Optional<Value.Path.Step> cast(EntityDefinition entity, Token name) {
        Optional<FieldDefinition> lookup =
                entity.field(name.text()).filter(FieldDefinition::polymorphic).filter(field -> tokens.at("/"));
        return lookup.map(field -> {
            tokens.require("/");
            Token type = tokens.require(Kind.NAME);
            return TypeCasts.target(field, type.text(), context.snapshot())
                    .map(target -> new Value.Path.Step(field, target))
                    .orElseThrow(() -> tokens.named("query-unknown-name", type));
        });
    }

    private Optional<Value.Path.Step> step(FieldDefinition lookup) {
        return Optional.ofNullable(lookup.target())
                .flatMap(context.snapshot()::entity)
                .map(target -> new Value.Path.Step(lookup, target));
    }

    private Operand collection(Token first, Members members) {
        if (scope.depth() >= MAX_COLLECTIONS) {
            throw Refusal.of("query-collections", tokens.option(), MAX_COLLECTIONS);
        }
        tokens.require("/");
        Token question = tokens.require(Kind.NAME);
        return switch (question.text()) {
            case "any" -> some(first, members);
            case "all" -> every(first, members);
            case "$count" -> count(first, members);
            default -> throw tokens.named("query-unknown-name", question);
        };
    }

    private Operand some(Token first, Members members) {
        tokens.require("(");
        if (tokens.skip(")")) {
            return Operand.of(new Filter.Some(members, null), first, 2);
        }
        Operand condition = member(members);
        return Operand.of(
                new Filter.Some(members, expressions.condition(condition)),
                first,
                expressions.higher(condition.height()));
    }

    private Operand every(Token first, Members members) {
        tokens.require("(");
        Operand condition = member(members);
        return Operand.of(
                new Filter.Every(members, expressions.condition(condition)),
                first,
                expressions.higher(condition.height()));
    }

    /// Reads a name for a member and the condition that uses it.
    private Operand member(Members members) {
        Token name = tokens.require(Kind.NAME);
        if (name.text().startsWith("$") || name.text().startsWith("@")) {
            throw tokens.at("query-syntax", name);
        }
        if (scope.variable(name.text()).isPresent()) {
            throw tokens.named("query-name-taken", name);
        }
        tokens.require(":");
        Scope outer = scope;
        scope = outer.within(name.text(), members.collection().from());
        Operand condition = expressions.expression();
        scope = outer;
        tokens.require(")");
        return condition;
    }

    private Operand count(Token first, Members members) {
        if (!tokens.skip("(")) {
            return new Operand(new Value.Count(members, null), first, 2);
        }
        tokens.requireName(QueryOption.FILTER.text());
        tokens.require("=");
        Scope outer = scope;
        scope = outer.within(members.collection().from());
        Operand condition = expressions.expression();
        scope = outer;
        tokens.require(")");
        return new Operand(
                new Value.Count(members, expressions.condition(condition)),
                first,
                expressions.higher(condition.height()));
    }
}
