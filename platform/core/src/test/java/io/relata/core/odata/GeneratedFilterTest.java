package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random filters over random records: the database and plain Java agree on which match.
@ExtendWith(PostgresExtension.class)
class GeneratedFilterTest {

    private static final long SEED = 20261121;
    private static final int FILTERS = 600;

    @Test
    void agreesWithPlainJava(LocalPostgres postgres) throws Exception {
        UUID tenant = UUID.randomUUID();
        agrees(postgres, TestEntities.snapshot(tenant), new Random(SEED), FILTERS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWhereverValuesAreStored(long seed, LocalPostgres postgres) throws Exception {
        Random random = new Random(seed);
        agrees(postgres, TestEntities.random(UUID.randomUUID(), random), random, FILTERS / 4);
    }

    private static void agrees(LocalPostgres postgres, MetadataSnapshot snapshot, Random random, int filters)
            throws Exception {
        ODataWorld odata = ODataWorld.create(postgres, tenant -> snapshot);
        CallContext context = odata.world().context(snapshot.tenant());
        Deals deals = Deals.create(odata.world(), snapshot, 150, random);
        TermGenerator generator = new TermGenerator(random, deals.ids());
        int selective = 0;

        for (int i = 0; i < filters; i++) {
            Term filter = generator.filter(3);
            Set<String> expected = deals.byId().entrySet().stream()
                    .filter(deal -> Boolean.TRUE.equals(filter.of(deal.getValue())))
                    .map(deal -> deal.getKey().toString())
                    .collect(Collectors.toSet());
            assertThat(matching(odata, context, filter.text()))
                    .as("%s", filter.text())
                    .isEqualTo(expected);
            selective += expected.isEmpty() || expected.size() == deals.byId().size() ? 0 : 1;
        }
        assertThat(selective).as("filters that tell records apart").isGreaterThan(filters / 4);
    }

    private static Set<String> matching(ODataWorld odata, CallContext context, String filter) {
        try {
            Set<String> matched = new HashSet<>();
            for (JsonNode deal : odata.list(context, "deals", "$filter", filter, "$top", "1000", "$select", "id")
                    .get("value")) {
                matched.add(deal.get("id").asText());
            }
            return matched;
        } catch (ProblemException problem) {
            throw new AssertionError(filter, problem);
        }
    }
}
