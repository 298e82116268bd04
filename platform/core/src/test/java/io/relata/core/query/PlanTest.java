package io.relata.core.query;

import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.access.CallerAccess;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.RecordIndex;
import io.relata.core.metadata.ValueKind;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jooq.Configuration;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// The slots' indexes serve filters, orders and later pages under row-level security, for the application's role.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanTest {

    private static final int RECORDS = 20_000;

    private final UUID tenant = UUID.randomUUID();
    private QueryWorld world;

    @BeforeAll
    void fill(LocalPostgres postgres) throws Exception {
        world = QueryWorld.create(postgres);
        world.database().update("""
                insert into relata.record_deal (tenant_id, entity_id, id, created_at, created_by, updated_at, updated_by,
                    version, t01, t02, t03, n01, n02, d01)
                select ?, ?, uuidv7(), now(), ?, now(), ?, 1, 'Deal ' || i, (array['open', 'won', 'lost'])[1 + i % 3],
                    'm' || i || '@example.org', (i * 7919) % 1000000, case when i % 50 = 0 then null else i % 97 end,
                    date '2020-01-01' + (i * 31) % 2000
                from generate_series(1, ?) i""", tenant, DEAL.id(), tenant, tenant, RECORDS);
        world.database().update("vacuum analyze relata.record_deal");
    }

    @Test
    void walksTheIndexOfTheSortKey() {
        assertThat(plans(query(null, List.of(sort("closed", true)), null)))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("Index Scan Backward using record_deal_d01")
                        .doesNotContain("Sort"));
    }

    @Test
    void continuesInTheIndexWhereThePageBeforeEnded() {
        Keyset after = new Keyset(List.of(LocalDate.of(2023, 5, 1)), UUID.randomUUID());

        assertThat(plans(query(null, List.of(sort("closed", true)), after)))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .containsPattern("Index Cond: .*ROW\\(d01, id\\) < ROW")
                        .doesNotContain("Sort"));
    }

    @Test
    void filtersWhileItWalks() {
        Filter filter = new Filter.And(List.of(
                compare("stage", Filter.Operator.EQUAL, new Value.Literal(ValueKind.STRING, "won")),
                compare(
                        "amount",
                        Filter.Operator.GREATER,
                        new Value.Literal(ValueKind.DECIMAL, new BigDecimal("5000")))));

        assertThat(plans(query(filter, List.of(sort("amount", true)), null)))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("Index Scan Backward using record_deal_n01")
                        .containsPattern("Index Cond: .*n01 > '?500000")
                        .doesNotContain("Sort"));
    }

    @Test
    void findsARareValueInItsIndex() {
        Filter filter =
                compare("email", Filter.Operator.EQUAL, new Value.Literal(ValueKind.STRING, "m777@example.org"));

        assertThat(plans(query(filter, List.of(sort("closed", false)), null)))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using record_deal_t03")
                        .containsPattern("Index Cond: .*t03 = 'm777@example.org'"));
    }

    @Test
    void answersAFilterAndAnOrderFromADeclaredIndex() throws SQLException {
        RecordIndex index = new RecordIndex(DEAL.table(), DEAL.id(), List.of("t02", "n02"));
        world.database().update(index.creation());
        Filter filter = compare("stage", Filter.Operator.EQUAL, new Value.Literal(ValueKind.STRING, "won"));

        assertThat(plans(query(filter, List.of(sort("quantity", true)), null)))
                .first(InstanceOfAssertFactories.STRING)
                .contains("Index Scan Backward using " + index.name())
                .containsPattern("Index Cond: .*t02 = 'won'")
                .doesNotContain("Filter: (state");
    }

    @Test
    void getsByKey() {
        Filter filter = new Filter.Compare(
                new Value.Path(List.of(), Property.OfRecord.ALL.getFirst()),
                Filter.Operator.EQUAL,
                new Value.Literal(ValueKind.UUID, UUID.randomUUID()));

        assertThat(plans(query(filter, List.of(), null)))
                .singleElement()
                .satisfies(plan -> assertThat(plan)
                        .contains("Index Scan using record_deal_pkey")
                        .containsPattern("Index Cond: .* \\(id = "));
    }

    private Query query(@Nullable Filter filter, List<Sort> sort, @Nullable Keyset after) {
        List<FieldDefinition> fields = DEAL.fields();
        return new Query(new Query.Selection(DEAL, filter, null), sort, fields, List.of(), 50, false, 0, after);
    }

    private static Sort sort(String field, boolean descending) {
        return new Sort(path(field), descending);
    }

    private static Filter compare(String field, Filter.Operator operator, Value.Literal literal) {
        return new Filter.Compare(path(field), operator, literal);
    }

    private static Value.Path path(String field) {
        return new Value.Path(List.of(), Property.of(DEAL, field).orElseThrow());
    }

    /// Runs the page and returns how the database would do each of its statements.
    private List<String> plans(Query query) {
        return world.transaction().call(tenant, sql -> {
            Statements statements = new Statements();
            Configuration listening = sql.configuration().derive(statements);
            new PageStatement(query, world.context(tenant), CallerAccess.of(sql, world.context(tenant)), null)
                    .fetch(DSL.using(listening));
            return statements.texts.stream()
                    .map(text -> String.join(
                            "\n", sql.fetch("explain (costs off) " + text).into(String.class)))
                    .toList();
        });
    }

    private static final class Statements implements ExecuteListener {

        private static final long serialVersionUID = 1L;

        private final transient List<String> texts = new ArrayList<>();

        @Override
        public void executeStart(ExecuteContext context) {
            if (context.query() != null) {
                texts.add(context.query().getSQL(ParamType.INLINED));
            }
        }
    }
}
