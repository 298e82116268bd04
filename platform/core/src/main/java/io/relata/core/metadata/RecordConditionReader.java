package io.relata.core.metadata;

import io.relata.core.metadata.RecordCondition.Relation;
import io.relata.core.metadata.RecordCondition.UnreadableException;
import io.relata.core.metadata.type.Form;
import io.relata.core.metadata.type.Parsed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads conditions from texts.
final class RecordConditionReader {

    private static final Pattern TOKEN = Pattern.compile("\\s*('(?:[^']|'')*'|[(),]|[^\\s(),']+)");
    private static final int DEEPEST = 20;

    private final EntityDefinition entity;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    RecordConditionReader(String text, EntityDefinition entity) throws UnreadableException {
        this.entity = entity;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.lookingAt()) {
            tokens.add(matcher.group(1));
            end = matcher.end();
            matcher.region(end, matcher.regionEnd());
        }
        if (end < text.strip().length() || tokens.isEmpty()) {
            throw new UnreadableException(text.strip().substring(end));
        }
    }

    RecordCondition read() throws UnreadableException {
        RecordCondition condition = or(0);
        if (next < tokens.size()) {
            throw new UnreadableException(tokens.get(next));
        }
        return condition;
    }

    private RecordCondition or(int depth) throws UnreadableException {
        List<RecordCondition> parts = new ArrayList<>(List.of(and(depth)));
        while (take("or")) {
            parts.add(and(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new RecordCondition.Or(parts);
    }

    private RecordCondition and(int depth) throws UnreadableException {
        List<RecordCondition> parts = new ArrayList<>(List.of(not(depth)));
        while (take("and")) {
            parts.add(not(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new RecordCondition.And(parts);
    }

    private RecordCondition not(int depth) throws UnreadableException {
        if (depth > DEEPEST) {
            throw new UnreadableException("(");
        }
        if (take("not")) {
            return new RecordCondition.Not(not(depth + 1));
        }
        if (take("(")) {
            RecordCondition inner = or(depth + 1);
            expect(")");
            return inner;
        }
        return comparison();
    }

    private RecordCondition comparison() throws UnreadableException {
        String name = token();
        FieldDefinition field = entity.byProperty().get(name);
        if (field == null || field.type().isLong() || field.kind() == ValueKind.SECRET) {
            throw new UnreadableException(name);
        }
        String operator = token();
        if (operator.equals("in")) {
            return in(field);
        }
        Relation relation = relation(operator);
        boolean ordered = relation != Relation.EQ && relation != Relation.NE;
        if (ordered && !hasOrder(field.kind())) {
            throw new UnreadableException(operator);
        }
        return new RecordCondition.Is(field, relation, constant(field));
    }

    private RecordCondition in(FieldDefinition field) throws UnreadableException {
        List<RecordCondition> choices = new ArrayList<>();
        expect("(");
        do {
            choices.add(new RecordCondition.Is(field, Relation.EQ, constant(field)));
        } while (take(","));
        expect(")");
        return new RecordCondition.Or(choices);
    }

    private static Relation relation(String operator) throws UnreadableException {
        try {
            return Relation.valueOf(operator.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new UnreadableException(operator);
        }
    }

    private static boolean hasOrder(ValueKind kind) {
        return switch (kind) {
            case INTEGER, DECIMAL, DATE, INSTANT -> true;
            case STRING, BOOLEAN, UUID, LIST, POINT, OBJECT, SECRET -> false;
        };
    }

    private @Nullable Object constant(FieldDefinition field) throws UnreadableException {
        String token = token();
        if (token.equals("null")) {
            return null;
        }
        boolean quoted = token.startsWith("'");
        if (quoted != (field.kind() == ValueKind.STRING)) {
            throw new UnreadableException(token);
        }
        Object input = quoted
                ? token.substring(1, token.length() - 1).replace("''", "'")
                : switch (field.kind()) {
                    case INTEGER, DECIMAL -> number(token);
                    case BOOLEAN -> truth(token);
                    case STRING, DATE, INSTANT, UUID, LIST, POINT, OBJECT, SECRET -> token;
                };
        if (input.equals("")) {
            return "";
        }
        return switch (field.type().parse(field, input, Form.JSON)) {
            case Parsed.Value value -> value.value();
            case Parsed.Wrong wrong -> throw new UnreadableException(token);
        };
    }

    private static Object number(String token) throws UnreadableException {
        if (!token.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            throw new UnreadableException(token);
        }
        return new BigDecimal(token);
    }

    private static Object truth(String token) throws UnreadableException {
        return switch (token) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnreadableException(token);
        };
    }

    private String token() throws UnreadableException {
        if (next == tokens.size()) {
            throw new UnreadableException("…");
        }
        return tokens.get(next++);
    }

    private boolean take(String token) {
        boolean there = next < tokens.size() && tokens.get(next).equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) throws UnreadableException {
        if (!take(token)) {
            throw new UnreadableException(token());
        }
    }
}
