package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Figures over random records, in groups by every kind of key: the database and plain Java agree.
@ExtendWith(PostgresExtension.class)
class GeneratedFiguresTest {

    private static final List<String> KEYS = List.of(
            "stage",
            "name",
            "hot",
            "closed",
            "quantity",
            "amount",
            "companyId",
            "code",
            "warm",
            "rate",
            "visits",
            "due",
            "met",
            "company/name",
            "company/region/name",
            "partner/name");

    private static final String MEASURES = "amount with sum as total,amount with min as least,amount with max as most,"
            + "amount with average as mean,quantity with sum as pieces,visits with average as visited,"
            + "closed with max as latest,stage with countdistinct as stages,rate with sum as rates,"
            + "name with min as first,company/worth with sum as worth,$count as n";

    @Test
    void agreeWithPlainJava(LocalPostgres postgres) throws Exception {
        ODataWorld odata = ODataWorld.create(postgres);
        UUID tenant = UUID.randomUUID();
        CallContext context = odata.world().context(tenant);
        Random random = new Random(7);
        Deals deals = Deals.create(odata.world(), tenant, 100, random);

        for (int i = 0; i < KEYS.size(); i++) {
            List<String> keys = List.of(KEYS.get(i), KEYS.get(random.nextInt(KEYS.size()))).stream()
                    .distinct()
                    .toList();
            Map<List<@Nullable Object>, List<Map<String, @Nullable Object>>> groups =
                    deals.byId().values().stream().collect(Collectors.groupingBy(deal -> keyOf(deal, keys)));

            JsonNode figures = odata.list(
                            context,
                            "deals",
                            "$apply",
                            "groupby((" + String.join(",", keys) + "),aggregate(" + MEASURES + "))")
                    .get("value");

            assertThat(figures).as("%s", keys).hasSameSizeAs(groups.keySet());
            Map<String, List<Map<String, @Nullable Object>>> byText = new HashMap<>();
            groups.forEach((key, members) -> byText.put(text(key), members));
            for (JsonNode group : figures) {
                List<@Nullable Object> shown = new ArrayList<>();
                keys.forEach(key -> shown.add(at(group, key)));
                check(group, Objects.requireNonNull(byText.get(text(shown)), group.toString()));
            }
        }
    }

    private static void check(JsonNode group, List<Map<String, @Nullable Object>> members) {
        List<BigDecimal> amounts = numbers(members, "amount");
        assertThat(group.get("n").longValue()).isEqualTo(members.size());
        same(group.get("total"), sum(amounts));
        same(group.get("least"), amounts.stream().min(BigDecimal::compareTo).orElse(null));
        same(group.get("most"), amounts.stream().max(BigDecimal::compareTo).orElse(null));
        near(group.get("mean"), mean(amounts));
        near(group.get("visited"), mean(numbers(members, "visits")));
        same(group.get("pieces"), sum(numbers(members, "quantity")));
        same(group.get("rates"), sum(numbers(members, "rate")));
        same(group.get("worth"), sum(numbers(members, "company/worth")));
        List<String> dates = texts(members, "closed");
        assertThat(shown(group.get("latest"))).isEqualTo(dates.isEmpty() ? "null" : dates.getLast());
        List<String> names = texts(members, "name");
        assertThat(shown(group.get("first"))).isEqualTo(names.isEmpty() ? "null" : names.getFirst());
        assertThat(group.get("stages").longValue())
                .isEqualTo(texts(members, "stage").stream().distinct().count());
    }

    private static @Nullable Object at(JsonNode group, String path) {
        JsonNode node = group;
        for (String name : path.split("/", -1)) {
            node = node.get(name);
        }
        if (node.isNull()) {
            return null;
        }
        return node.isNumber() ? node.decimalValue() : node.asText();
    }

    private static List<@Nullable Object> keyOf(Map<String, @Nullable Object> deal, List<String> keys) {
        List<@Nullable Object> values = new ArrayList<>();
        keys.forEach(key -> values.add(deal.get(key)));
        return values;
    }

    private static String text(List<@Nullable Object> key) {
        return key.stream().map(GeneratedFiguresTest::text).collect(Collectors.joining("\u0001"));
    }

    /// There are records with the text `null`.
    private static String text(@Nullable Object value) {
        if (value == null) {
            return "\u0000";
        }
        return value instanceof Number
                ? Meaning.decimal(value).stripTrailingZeros().toPlainString()
                : value.toString();
    }

    private static String shown(JsonNode node) {
        return node.isNull() ? "null" : node.asText();
    }

    private static List<BigDecimal> numbers(List<Map<String, @Nullable Object>> members, String path) {
        return members.stream()
                .map(member -> member.get(path))
                .filter(Objects::nonNull)
                .map(Meaning::decimal)
                .toList();
    }

    private static List<String> texts(List<Map<String, @Nullable Object>> members, String path) {
        return members.stream()
                .map(member -> member.get(path))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .sorted((left, right) -> Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static @Nullable BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal::add).orElse(null);
    }

    private static @Nullable BigDecimal mean(List<BigDecimal> numbers) {
        BigDecimal sum = sum(numbers);
        return sum == null ? null : sum.divide(BigDecimal.valueOf(numbers.size()), 20, RoundingMode.HALF_UP);
    }

    private static void same(JsonNode shown, @Nullable BigDecimal expected) {
        if (expected == null) {
            assertThat(shown.isNull()).isTrue();
        } else {
            assertThat(shown.decimalValue()).isEqualByComparingTo(expected);
        }
    }

    private static void near(JsonNode shown, @Nullable BigDecimal expected) {
        if (expected == null) {
            assertThat(shown.isNull()).isTrue();
        } else {
            assertThat(shown.decimalValue().subtract(expected).abs()).isLessThan(new BigDecimal("0.000000000001"));
        }
    }
}
