package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.odata.RandomEntities.Entity;
import io.relata.core.odata.RandomQueries.Path;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random entities with random lookups, random records, random queries: the database and plain Java agree on which
/// records match, in which order they come, and how many there are of each kind.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeneratedEntitiesTest {

    private static final int QUERIES = 120;

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    GeneratedEntitiesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir java.nio.file.Path folder) throws Exception {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void agreeWithPlainJava(long seed) throws Exception {
        Random random = new Random(seed);
        CallContext call =
                in(seed % 2 == 0 ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH, jobs.member("random-" + seed));
        RandomEntities world = new RandomEntities(engine, call, random);
        RandomQueries queries = new RandomQueries(world, random);
        int selective = 0;
        for (int i = 0; i < QUERIES; i++) {
            Entity entity = world.entities().get(random.nextInt(world.entities().size()));
            selective += filters(call, entity, queries.condition(entity, "", 3)) ? 1 : 0;
            Path path = queries.path(entity);
            if (!path.scalar().type().equals("longText")) {
                orders(call, entity, path, random.nextBoolean());
                counts(call, entity, path);
            }
        }
        assertThat(selective).as("filters that tell records apart").isGreaterThan(QUERIES / 5);
    }

    private static CallContext in(Locale locale, CallContext call) {
        return new CallContext(
                call.tenant(),
                call.user(),
                call.roles(),
                locale,
                call.zone(),
                call.currency(),
                call.requestId(),
                call.origin());
    }

    private boolean filters(CallContext call, Entity entity, Term filter) {
        Set<String> expected = entity.records().values().stream()
                .filter(record -> Boolean.TRUE.equals(filter.of(record)))
                .map(record -> String.valueOf(record.get("id")))
                .collect(Collectors.toSet());
        Set<String> found = new HashSet<>();
        ask(call, entity, "$filter", filter.text(), "$select", "id", "$top", "1000")
                .forEach(record -> found.add(record.path("id").asText()));
        assertThat(found).as("%s: %s", entity.name(), filter.text()).isEqualTo(expected);
        return !expected.isEmpty() && expected.size() < entity.records().size();
    }

    /// What is empty comes last, whichever way; texts in the order of the reader's language.
    private void orders(CallContext call, Entity entity, Path path, boolean descending) {
        List<@Nullable Object> values = new ArrayList<>();
        ask(call, entity, "$orderby", path.text() + (descending ? " desc" : ""), "$select", "id", "$top", "1000")
                .forEach(record -> values.add(path.value()
                        .apply(Objects.requireNonNull(entity.records()
                                .get(UUID.fromString(record.path("id").asText()))))));
        assertThat(values).as("%s", path.text()).hasSize(entity.records().size());
        if (!path.scalar().type().equals("picklist")) {
            Comparator<Object> order = order(path, call.locale());
            assertThat(values)
                    .as("%s: %s %s", entity.name(), path.text(), descending ? "descending" : "ascending")
                    .isSortedAccordingTo(Comparator.nullsLast(descending ? order.reversed() : order));
        }
    }

    private static Comparator<Object> order(Path path, Locale locale) {
        if (!path.scalar().type().equals("text")) {
            return Meaning::order;
        }
        Collator collator = Collator.getInstance(locale.getLanguage().equals("zh") ? ULocale.CHINESE : ULocale.ROOT);
        return (left, right) -> collator.compare(String.valueOf(left), String.valueOf(right));
    }

    private void counts(CallContext call, Entity entity, Path path) {
        Map<String, Long> expected = entity.records().values().stream()
                .collect(Collectors.groupingBy(record -> key(path.value().apply(record)), Collectors.counting()));
        Map<String, Long> found = new HashMap<>();
        for (JsonNode group : ask(call, entity, "$apply", "groupby((" + path.text() + "),aggregate($count as n))")) {
            JsonNode value = group;
            for (String name : path.text().split("/", -1)) {
                value = value.path(name);
            }
            found.merge(key(value), group.path("n").longValue(), Long::sum);
        }
        assertThat(found).as("%s by %s", entity.name(), path.text()).isEqualTo(expected);
    }

    /// There are records with the text `null`.
    private static String key(@Nullable Object value) {
        Object plain = value instanceof JsonNode node
                ? node.isNull() ? null : node.isNumber() ? node.decimalValue() : node.asText()
                : value;
        if (plain == null) {
            return "\u0000";
        }
        return plain instanceof Number
                ? Meaning.decimal(plain).stripTrailingZeros().toPlainString()
                : String.valueOf(plain);
    }

    private JsonNode ask(CallContext call, Entity entity, String... options) {
        try {
            return ODataWorld.json(jobs.odata().list(call, entity.set(), ODataWorld.query(options)))
                    .path("value");
        } catch (ProblemException refused) {
            throw new AssertionError(entity.name() + " " + List.of(options), refused);
        }
    }
}
