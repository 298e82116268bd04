package io.relata.core.odata;

import io.relata.core.odata.RandomEntities.Collection;
import io.relata.core.odata.RandomEntities.Entity;
import io.relata.core.odata.RandomEntities.Link;
import io.relata.core.odata.RandomEntities.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Random conditions on [RandomEntities], over up to three lookups and over collections, beside their meaning.
final class RandomQueries {

    private static final List<String> COMPARISONS = List.of("eq", "ne", "gt", "ge", "lt", "le");
    private static final int LONGEST_WAY = 3;

    private final RandomEntities world;
    private final Random random;
    private int variables;

    RandomQueries(RandomEntities world, Random random) {
        this.world = world;
        this.random = random;
    }

    /// A way to a value, and the value it leads to from a record.
    record Path(String text, Scalar scalar, Function<Map<String, @Nullable Object>, @Nullable Object> value) {}

    /// A condition on records of the entity.
    ///
    /// @param prefix before the names of properties: a variable's name and a slash within a collection
    Term condition(Entity entity, String prefix, int depth) {
        return switch (random.nextInt(depth <= 0 ? 5 : 10)) {
            case 5 -> joined("and", entity, prefix, depth);
            case 6 -> joined("or", entity, prefix, depth);
            case 7 -> negated(condition(entity, prefix, depth - 1));
            case 8, 9 -> collection(entity, prefix, depth);
            case 4 -> pointing(entity, prefix);
            default -> comparison(entity, prefix);
        };
    }

    private Term joined(String operator, Entity entity, String prefix, int depth) {
        Term left = condition(entity, prefix, depth - 1);
        Term right = condition(entity, prefix, depth - 1);
        return new Term(
                "(" + left.text() + ") " + operator + " (" + right.text() + ")",
                record -> operator.equals("and")
                        ? Meaning.and(left.of(record), right.of(record))
                        : Meaning.or(left.of(record), right.of(record)));
    }

    private static Term negated(Term part) {
        return new Term("not (" + part.text() + ")", record -> Meaning.not(part.of(record)));
    }

    /// Returns a random way from the entity to a value.
    Path path(Entity entity) {
        Entity at = entity;
        StringBuilder text = new StringBuilder();
        Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> way = record -> record;
        int length = random.nextInt(LONGEST_WAY + 1);
        for (int i = 0; i < length && !at.links().isEmpty(); i++) {
            Link link = at.links().get(random.nextInt(at.links().size()));
            Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> before = way;
            way = record -> follow(before.apply(record), link);
            text.append(link.name()).append('/');
            at = link.target();
        }
        Scalar scalar = at.scalars().get(random.nextInt(at.scalars().size()));
        Function<Map<String, @Nullable Object>, @Nullable Map<String, @Nullable Object>> whole = way;
        return new Path(text + scalar.name(), scalar, record -> {
            Map<String, @Nullable Object> reached = whole.apply(record);
            return reached == null ? null : reached.get(scalar.name());
        });
    }

    private static @Nullable Map<String, @Nullable Object> follow(
            @Nullable Map<String, @Nullable Object> record, Link link) {
        Object id = record == null ? null : record.get(link.name());
        return id == null ? null : link.target().records().get((UUID) id);
    }

    private Term comparison(Entity entity, String prefix) {
        Path path = path(entity);
        String type = path.scalar().type();
        boolean ordered = !type.equals("boolean") && !type.equals("picklist");
        String operator = COMPARISONS.get(random.nextInt(ordered ? 6 : 2));
        Object constant = random.nextInt(8) == 0 ? null : constant(type);
        return new Term(
                prefix + path.text() + " " + (constant == null ? operator(operator) : operator) + " "
                        + literal(constant),
                record -> Meaning.compare(
                        constant == null ? operator(operator) : operator,
                        path.value().apply(record),
                        constant));
    }

    private static String operator(String operator) {
        return operator.equals("eq") ? "eq" : "ne";
    }

    private Object constant(String type) {
        return switch (type) {
            case "integer" -> (long) random.nextInt(20) - 10;
            case "decimal" -> BigDecimal.valueOf(random.nextInt(4000) - 2000, random.nextInt(3));
            case "date" -> LocalDate.of(2026, 1, 1).plusDays(random.nextInt(30));
            case "datetime" -> Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(100) * 1800L);
            case "boolean" -> random.nextBoolean();
            case "picklist" -> List.of("won", "lost", "open").get(random.nextInt(3));
            default -> Deals.TEXTS.get(random.nextInt(Deals.TEXTS.size()));
        };
    }

    private static String literal(@Nullable Object constant) {
        return switch (constant) {
            case null -> "null";
            case String text -> "'" + text.replace("'", "''") + "'";
            case BigDecimal number -> number.toPlainString();
            default -> constant.toString();
        };
    }

    private Term pointing(Entity entity, String prefix) {
        Link link = entity.links().get(random.nextInt(entity.links().size()));
        boolean empty = random.nextBoolean();
        List<UUID> targets = List.copyOf(link.target().records().keySet());
        UUID target = targets.get(random.nextInt(targets.size()));
        return empty
                ? new Term(prefix + link.name() + "_id eq null", record -> record.get(link.name()) == null)
                : new Term(
                        prefix + link.name() + "_id in (" + target + ")",
                        record -> target.equals(record.get(link.name())));
    }

    private Term collection(Entity entity, String prefix, int depth) {
        List<Collection> collections = world.collections(entity);
        if (collections.isEmpty() || variables > 1) {
            return comparison(entity, prefix);
        }
        Collection collection = collections.get(random.nextInt(collections.size()));
        if (random.nextInt(3) == 0) {
            long count = random.nextInt(3);
            return new Term(
                    prefix + collection.name() + "/$count ge " + count,
                    record -> members(collection, record).size() >= count);
        }
        String variable = "v" + variables++;
        Term condition = condition(collection.members(), variable + "/", depth - 1);
        variables--;
        boolean all = random.nextBoolean();
        return new Term(
                prefix + collection.name() + (all ? "/all(" : "/any(") + variable + ":" + condition.text() + ")",
                record -> all
                        ? members(collection, record).stream().allMatch(one -> Boolean.TRUE.equals(condition.of(one)))
                        : members(collection, record).stream().anyMatch(one -> Boolean.TRUE.equals(condition.of(one))));
    }

    private static List<Map<String, @Nullable Object>> members(
            Collection collection, Map<String, @Nullable Object> record) {
        Object id = Objects.requireNonNull(record.get("id"));
        return collection.members().records().values().stream()
                .filter(member -> id.equals(member.get(collection.by().name())))
                .<Map<String, @Nullable Object>>map(HashMap::new)
                .toList();
    }
}
