package io.relata.core.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the browser's evaluator has to agree with: expressions, records, and what Java makes of them. The file stands
/// in platform/web, whose tests read it; this one says when it is out of date. With `RELATA_WRITE_VECTORS=yes` in the
/// environment it writes the file anew.
class BrowserVectorsTest {

    private static final Path FILE = Path.of("..", "web", "test", "expressions.json");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long SEED = 20261201;
    private static final int EXPRESSIONS = 400;
    private static final int RECORDS = 6;
    private static final int LONGEST_TREE = 2_500;
    private static final Instant NOW = Instant.parse("2026-03-28T17:12:45.123456Z");
    private static final List<String> ZONES = List.of("Asia/Shanghai", "America/New_York");
    private static final List<String> LANGUAGES = List.of("en", "zh-CN");
    private static final List<String> FIXED = List.of(
            "'a' in tags && size(tags) == 2",
            "isEmpty(tags)",
            "number('12.5') + number('x')",
            "round(-2.5, 0) + round(2.5, 0) * 10 + round(-0.005, 2)",
            "10 / 3 * 3",
            "-7 % 3 + 7.5 % -2",
            "upper('ßŉᾳǆİ😀z') + lower('ΑΣİǅÅ')",
            "date(9999, 12, 31) + 1",
            "addMonths(date('2024-03-31'), -1)",
            "matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a|a)*(a|a)*c')",
            "'\uE000' < '😀'",
            "text(0.10) + text(-0) + text(1e3)",
            "text(datetime('2026-03-29T01:30:00Z') + hours(0.5))",
            "substring('😀京x', 1, 2.9) + right('😀京x', 1)",
            "replace('aaa', 'aa', 'b') + replace('x', '', 'y')",
            "account == null ? 'none' : 'one'");

    @Test
    void fileSaysWhatJavaComputes() throws Exception {
        List<Map<String, @Nullable Object>> records = records(new Random(SEED));
        RandomExpressions random = new RandomExpressions(new Random(SEED));
        List<String> texts = new ArrayList<>(FIXED);
        for (int i = 0; i < EXPRESSIONS; i++) {
            texts.add(random.any(1 + i % 3));
        }
        Set<Op> seen = EnumSet.noneOf(Op.class);
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            Expression expression = Expression.read(text, TestScope.DEAL, null).expression();
            if (expression != null && tree(expression).toString().length() < LONGEST_TREE) {
                lines.add(vector(expression, lines.size(), records).toString());
                expression.root().walk(node -> note(node, seen));
            }
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
        String file = "{\"now\":\"" + NOW + "\",\n\"records\":" + written(records) + ",\n\"vectors\":[\n"
                + String.join(",\n", lines) + "\n]}\n";
        if ("yes".equals(System.getenv("RELATA_WRITE_VECTORS"))) {
            Files.writeString(FILE, file);
        }
        assertThat(Files.readString(FILE))
                .as("platform/web/test/expressions.json; RELATA_WRITE_VECTORS=yes writes it anew")
                .isEqualTo(file);
    }

    private static void note(Node node, Set<Op> seen) {
        if (node instanceof Node.Call call) {
            seen.add(call.op());
        }
    }

    private static JsonNode tree(Expression expression) {
        return new ObjectMapper().valueToTree(WrittenTree.of(expression.root()));
    }

    private static ObjectNode vector(Expression expression, int number, List<Map<String, @Nullable Object>> records) {
        String zone = ZONES.get(number % ZONES.size());
        String language = LANGUAGES.get(number / 2 % LANGUAGES.size());
        Environment environment = new Environment(NOW, ZoneId.of(zone), Locale.forLanguageTag(language));
        ObjectNode vector = JSON.objectNode();
        vector.put("text", expression.text()).put("zone", zone).put("language", language);
        vector.set("tree", tree(expression));
        ArrayNode values = vector.putArray("values");
        for (Map<String, @Nullable Object> record : records) {
            Evaluator evaluator = new Evaluator(environment, path -> record.get(String.join(".", path)));
            values.add(json(evaluator.value(expression.root())));
        }
        return vector;
    }

    private static JsonNode json(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case Boolean truth -> JSON.booleanNode(truth);
            case BigDecimal number -> JSON.textNode(Evaluator.plainText(number));
            case List<?> list -> {
                ArrayNode items = JSON.arrayNode();
                list.forEach(item -> items.add(String.valueOf(item)));
                yield items;
            }
            default -> JSON.textNode(Objects.toString(value));
        };
    }

    private static ArrayNode written(List<Map<String, @Nullable Object>> records) {
        ArrayNode all = JSON.arrayNode();
        for (Map<String, @Nullable Object> record : records) {
            ObjectNode one = all.addObject();
            record.keySet().stream().sorted().forEach(name -> one.set(name, json(record.get(name))));
        }
        return all;
    }

    private static List<Map<String, @Nullable Object>> records(Random random) {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            Map<String, @Nullable Object> record = new HashMap<>();
            record.put("name", pick(random, "Abc", "北京朝阳", " a b ", "12.5", ""));
            record.put("note", pick(random, "京", "ßİ", "😀x", null));
            record.put("stage", pick(random, "open", "won", "lost", null));
            record.put("account.name", pick(random, "abc", "Abc", null));
            record.put("account.industry", pick(random, "Food", "", null));
            record.put("amount", i == 0 ? null : BigDecimal.valueOf(random.nextLong() / 1_000_003, 2));
            record.put("rate", i == 1 ? null : BigDecimal.valueOf(random.nextInt(5_000_000) - 1_000_000, 6));
            record.put("seats", i == 2 ? null : BigDecimal.valueOf(random.nextInt(7) - 3));
            record.put("account.revenue", i == 3 ? null : BigDecimal.valueOf(random.nextInt(100_000), 2));
            record.put("hot", i == 4 ? null : (Object) random.nextBoolean());
            record.put("closeDate", i == 5 ? null : LocalDate.of(2026, 1, 31).plusDays(random.nextInt(800) - 400));
            record.put("startDate", LocalDate.of(2024, 2, 29).plusDays(random.nextInt(800)));
            record.put("calledAt", i == 0 ? null : NOW.minusSeconds(random.nextInt(40_000_000)));
            record.put(
                    "createdAt", NOW.minusSeconds(random.nextInt(40_000_000)).plusNanos(random.nextInt(999) * 1_000L));
            record.put("account", i == 1 ? null : new UUID(1, random.nextInt(3)));
            record.put("tags", i == 0 ? null : i == 1 ? List.of("b", "a") : List.of("a"));
            records.add(record);
        }
        return records;
    }

    private static @Nullable Object pick(Random random, @Nullable Object... values) {
        return values[random.nextInt(values.length)];
    }
}
