package io.relata.core.odata;

import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// Walking page by page gives what one big page gives, whatever the order and whoever writes meanwhile.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagingTest {

    private static final List<String> ORDERED_ALIKE_IN_JAVA = List.of(
            "stage",
            "amount",
            "quantity",
            "hot",
            "closed",
            "met",
            "companyId",
            "rate",
            "visits",
            "warm",
            "due",
            "seen",
            "company/worth",
            "createdAt");
    private static final List<String> TEXTS = List.of("name", "email", "code", "company/name", "company/region/name");
    private static final List<String> FILTERS = List.of(
            "", "quantity ge 0", "amount ne null", "closed ge 2026-01-30 and hot ne true", "company/name ne null");

    private final UUID tenant = UUID.randomUUID();
    private final Random random = new Random(42);
    private ODataWorld odata;
    private CallContext context;
    private Deals deals;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        odata = ODataWorld.create(postgres);
        context = odata.world().context(tenant);
        deals = Deals.create(odata.world(), tenant, 90, random);
    }

    @Test
    void ordersAsPlainJavaDoes() {
        for (int i = 0; i < 25; i++) {
            List<String> keys = List.of(pick(ORDERED_ALIKE_IN_JAVA), pick(ORDERED_ALIKE_IN_JAVA));
            boolean first = random.nextBoolean();
            boolean second = random.nextBoolean();
            Comparator<UUID> order = by(keys.get(0), first).thenComparing(by(keys.get(1), second));
            boolean idDescending = keys.get(0).equals(keys.get(1)) ? first : second;
            Comparator<UUID> byId = Comparator.comparing(UUID::toString);
            List<UUID> expected = deals.byId().keySet().stream()
                    .sorted(order.thenComparing(idDescending ? byId.reversed() : byId))
                    .toList();

            String text = keys.get(0) + (first ? " desc" : "") + "," + keys.get(1) + (second ? " desc" : "");
            List<UUID> shown = new ArrayList<>();
            walk("$orderby=" + text.replace(" ", "%20"), 1000, page -> {}, shown);

            shown.retainAll(deals.byId().keySet());
            assertThat(shown).as(text).isEqualTo(expected);
        }
    }

    @Test
    void givesAsManyAsAreAskedForAndNoMore() {
        List<UUID> all = new ArrayList<>();
        List<UUID> some = new ArrayList<>();
        walk("$orderby=name,id", 1000, page -> {}, all);
        walk("$orderby=name,id&$top=23", 10, page -> {}, some);

        assertThat(some).isEqualTo(all.subList(0, 23));
        assertThat(odata.list(context, "deals", "$top", "5").has("@odata.nextLink"))
                .isFalse();
        assertThat(odata.list(context, "deals", "$top", "0").get("value")).isEmpty();
        assertThat(odata.list(context, "deals", "$top", "70").get("value")).hasSize(70);
        assertThat(odata.list(context, "deals").get("value")).hasSize(50);
        assertThat(odata.list(context, "deals").has("@odata.nextLink")).isTrue();
    }

    @Test
    void ordersByWhatIsComputed() {
        for (String text : List.of(
                "amount mul 2 desc",
                "amount mul quantity",
                "cast(quantity,Edm.String)",
                "year(closed) desc,amount",
                "case(hot:1,warm:2)",
                "met sub seen")) {
            List<UUID> whole = new ArrayList<>();
            List<UUID> paged = new ArrayList<>();
            String query = "$orderby=" + text.replace(" ", "%20");
            walk(query, 1000, page -> {}, whole);
            walk(query, 7, page -> {}, paged);

            assertThat(whole).as(text).hasSameSizeAs(deals.byId().keySet()).isNotEqualTo(sortedIds());
            assertThat(paged).as(text).isEqualTo(whole);
        }
    }

    private List<UUID> sortedIds() {
        return deals.byId().keySet().stream()
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
    }

    @Test
    void walksWhatOnePageShowsWhileOthersWrite() {
        for (int i = 0; i < 25; i++) {
            String query = randomQuery();
            List<UUID> whole = new ArrayList<>();
            walk(query, 1000, page -> {}, whole);
            List<UUID> walked = new ArrayList<>();
            walk(query, 1 + random.nextInt(17), page -> writeOneMore(), walked);

            assertThat(walked).as(query).doesNotHaveDuplicates();
            Set<UUID> before = new HashSet<>(whole);
            assertThat(walked.stream().filter(before::contains)).as(query).containsExactlyElementsOf(whole);
        }
    }

    @Test
    void refusesTheTokenOfAnotherQueryOrTenant() {
        String link = nextLink(odata.pages(2, context, "deals", "$orderby", "amount", "$filter", "hot eq true"));
        String token = link.substring(link.indexOf("$skiptoken="));

        assertThat(odata.service().list(context, "deals", link)).isNotNull();
        for (String other : List.of(
                token,
                "$orderby=amount&" + token,
                "$filter=hot%20eq%20true&" + token,
                "$orderby=amount%20desc&$filter=hot%20eq%20true&" + token,
                "$search=a&$orderby=amount&$filter=hot%20eq%20true&" + token,
                link.substring(0, link.length() - 4),
                link + "AAAA",
                "$skiptoken=",
                "$skiptoken=%00",
                "$skiptoken=AAAA")) {
            assertThatExceptionOfType(ProblemException.class)
                    .as(other)
                    .isThrownBy(() -> odata.service().list(context, "deals", other))
                    .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_QUERY));
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> odata.service().list(odata.world().context(UUID.randomUUID()), "deals", link));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> odata.service().list(odata.world().context(tenant, Locale.CHINA), "deals", link));
    }

    private String randomQuery() {
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = pick(random.nextInt(3) == 0 ? TEXTS : ORDERED_ALIKE_IN_JAVA);
            keys.add(key + (random.nextBoolean() ? "%20desc" : ""));
        }
        String filter = pick(FILTERS);
        return "$orderby=" + (keys.isEmpty() ? "id" : String.join(",", keys))
                + (filter.isEmpty() ? "" : "&$filter=" + filter.replace(" ", "%20"));
    }

    private void walk(String query, int pageSize, Consumer<JsonNode> afterPage, List<UUID> into) {
        String next = query;
        Integer wished = pageSize;
        while (next != null) {
            JsonNode page = ODataWorld.json(odata.service()
                    .list(context, "deals", next, ODataFormat.USUAL, wished)
                    .body());
            assertThat(page.get("value")).hasSizeLessThanOrEqualTo(pageSize);
            wished = null;
            page.get("value")
                    .forEach(record -> into.add(UUID.fromString(record.get("id").asText())));
            next = page.has("@odata.nextLink") ? nextLink(page) : null;
            afterPage.accept(page);
        }
    }

    /// The writer's records are deleted again, so that the set stays small.
    private void writeOneMore() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("name", Deals.TEXTS.get(random.nextInt(Deals.TEXTS.size())));
        values.put("amount", new BigDecimal(random.nextInt(30)));
        values.put("hot", random.nextBoolean());
        UUID id = odata.world().insert(tenant, DEAL, values);
        if (random.nextInt(3) > 0) {
            odata.world().delete(tenant, DEAL, id);
        }
    }

    private static String nextLink(JsonNode page) {
        return ODataWorld.queryOf(page.get("@odata.nextLink"));
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// Empty values last in both directions.
    private Comparator<UUID> by(String path, boolean descending) {
        return (left, right) -> {
            Object a = deals.byId().getOrDefault(left, Map.of()).get(path);
            Object b = deals.byId().getOrDefault(right, Map.of()).get(path);
            if (a == null || b == null) {
                return Boolean.compare(a == null, b == null);
            }
            int order = a instanceof Boolean flag ? Boolean.compare(flag, (Boolean) b) : Meaning.order(a, b);
            return descending ? -order : order;
        };
    }
}
