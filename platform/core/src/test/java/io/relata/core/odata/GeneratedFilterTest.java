package io.relata.core.odata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.relata.core.problem.ProblemException;
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

/// Random filters over random records: the database and plain Java agree on which match.
@ExtendWith(PostgresExtension.class)
class GeneratedFilterTest {

    private static final long SEED = 20261121;
    private static final int FILTERS = 600;

    @Test
    void agreesWithPlainJava(LocalPostgres postgres) throws Exception {
        ODataWorld odata = ODataWorld.create(postgres);
        UUID tenant = UUID.randomUUID();
        CallContext context = odata.world().context(tenant);
        Random random = new Random(SEED);
        Deals deals = Deals.create(odata.world(), tenant, 150, random);
        TermGenerator generator = new TermGenerator(random, deals.ids());
        int selective = 0;

        for (int i = 0; i < FILTERS; i++) {
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
        assertThat(selective).as("filters that tell records apart").isGreaterThan(FILTERS / 3);
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
