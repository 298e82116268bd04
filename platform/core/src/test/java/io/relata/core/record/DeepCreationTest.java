package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.relata.core.TestEngine;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Records that are created together with those that point to them, and lookups that are bound by addresses.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeepCreationTest {

    private final LocalPostgres postgres;
    private TestEngine engine;

    DeepCreationTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void createsWhatPointsToTheRecord() throws SQLException {
        CallContext call = engine.tenant("deep");

        DeepCreation.Created created = create(
                call,
                TestEngine.values(
                        "name",
                        "Acme",
                        "deals",
                        List.of(
                                TestEngine.values("name", "One", "amount", 5),
                                TestEngine.values("name", "Two", "@odata.type", "#Relata.deal")),
                        "companies_parent",
                        List.of(TestEngine.values(
                                "name", "Sub", "deals", List.of(TestEngine.values("name", "Three"))))));

        UUID acme = created.record().id();
        assertThat(names(created, "deals")).containsExactly("One", "Two");
        assertThat(members(created, "deals"))
                .allSatisfy(deal -> assertThat(deal.record().value("company")).isEqualTo(acme));
        DeepCreation.Created sub = members(created, "companies_parent").getFirst();
        assertThat(sub.record().value("parent")).isEqualTo(acme);
        UUID three = members(sub, "deals").getFirst().record().id();
        RecordData stored = engine.update(call, "deal", three, "notes", "seen");
        assertThat(stored.value("company")).isEqualTo(sub.record().id());
    }

    @Test
    void saysOfEveryRecordWhatIsWrongAndKeepsNone() throws SQLException {
        CallContext call = engine.tenant("deep-refused");
        engine.create(call, "company", "name", "Known", "number", "K1");

        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> create(
                        call,
                        TestEngine.values(
                                "employees",
                                -1,
                                "deals",
                                List.of(
                                        TestEngine.values("name", "Fine"),
                                        TestEngine.values("amount", "much"),
                                        TestEngine.values(
                                                "name",
                                                "Bad",
                                                "stage",
                                                "nowhere",
                                                "contact@odata.bind",
                                                "companies(x=1)"),
                                        "text"),
                                "companies_parent",
                                List.of(TestEngine.values(
                                        "name",
                                        "Sub",
                                        "number",
                                        "K1",
                                        "deals",
                                        TestEngine.values("name", "no list"))))));

        assertThat(problem.violations())
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactlyInAnyOrder(
                        "name required",
                        "employees too-small",
                        "deals[1].name required",
                        "deals[1].amount expects-number",
                        "deals[2].stage not-an-option",
                        "deals[2].contact@odata.bind bind-unreadable",
                        "deals[3] not-a-list",
                        "companies_parent[0].number not-unique",
                        "companies_parent[0].deals not-a-list");
        ProblemException again = catchThrowableOfType(
                ProblemException.class,
                () -> create(call, TestEngine.values("name", "X", "deals", List.of(TestEngine.values("name", "")))));
        assertThat(again.violations())
                .extracting(violation -> violation.field())
                .containsExactly("deals[0].name");
        engine.create(call, "company", "name", "X2");
    }

    @Test
    void bindsLookupsByAddress() throws SQLException {
        CallContext call = engine.tenant("bind");
        RecordData acme = engine.create(call, "company", "name", "Acme", "number", "it's");

        for (String address : List.of(
                "companies(" + acme.id() + ")",
                "http://localhost/api/v1/data/companies(" + acme.id() + ")",
                "companies(id=" + acme.id() + ")",
                "companies(number='it''s')")) {
            RecordData deal = engine.create(call, "deal", "name", "D", "company@odata.bind", address);
            assertThat(deal.value("company")).as(address).isEqualTo(acme.id());
        }
        RecordData deal =
                engine.create(call, "deal", "name", "D", "company@odata.bind", "companies(" + acme.id() + ")");
        assertThat(engine.update(call, "deal", deal.id(), "company@odata.bind", null)
                        .value("company"))
                .isNull();
    }

    @Test
    void refusesAddressesThatLeadNowhere() throws SQLException {
        CallContext call = engine.tenant("bind-refused");
        RecordData foreign = engine.create(engine.tenant("bind-other"), "company", "name", "F", "number", "F1");

        assertThat(refusal(call, "company@odata.bind", "deals(" + UUID.randomUUID() + ")"))
                .isEqualTo("company@odata.bind bind-unreadable");
        assertThat(refusal(call, "company@odata.bind", "companies")).isEqualTo("company@odata.bind bind-unreadable");
        assertThat(refusal(call, "company@odata.bind", "companies(name='F')"))
                .isEqualTo("company@odata.bind bind-unreadable");
        assertThat(refusal(call, "company@odata.bind", "companies(number='F1')"))
                .isEqualTo("company@odata.bind lookup-missing");
        assertThat(refusal(call, "company@odata.bind", "companies(" + foreign.id() + ")"))
                .isEqualTo("companyId lookup-missing");
        assertThat(refusal(call, "stage@odata.bind", "companies(1)")).isEqualTo("stage@odata.bind unknown-field");
    }

    @Test
    void takesNoMoreStatementsForMoreMembers() throws SQLException {
        CallContext call = engine.tenant("deep-few");
        assertThat(statements(call, 300)).isEqualTo(statements(call, 2));
    }

    @Test
    void refusesTooMuchAtOnce() throws SQLException {
        CallContext call = engine.tenant("deep-many");
        List<Map<String, @Nullable Object>> deals = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            deals.add(TestEngine.values("name", "D" + i));
        }
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> create(call, TestEngine.values("name", "Much", "deals", deals)));
        assertThat(problem.violations().getFirst().code()).isEqualTo("deep-too-many");
    }

    private int statements(CallContext call, int members) {
        AtomicInteger count = new AtomicInteger();
        ExecuteListener counter = new ExecuteListener() {
            @Override
            public void executeStart(ExecuteContext context) {
                count.incrementAndGet();
            }
        };
        List<Map<String, @Nullable Object>> deals = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            deals.add(TestEngine.values("name", "D" + i));
        }
        engine.relata().writer().transaction(call, tx -> {
            WriteTransaction counted = new WriteTransaction(
                    DSL.using(tx.sql().configuration().deriveAppending(counter)), tx.context(), tx.snapshot());
            return DeepCreation.create(
                    engine.relata().writer(),
                    counted,
                    counted.entity("company"),
                    TestEngine.values("name", "C", "deals", deals));
        });
        return count.get();
    }

    private String refusal(CallContext call, String property, String address) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> engine.create(call, "deal", "name", "D", property, address));
        assertThat(problem).as(address).isNotNull();
        return problem.violations().getFirst().field()
                + " "
                + problem.violations().getFirst().code();
    }

    private DeepCreation.Created create(CallContext call, Map<String, @Nullable Object> values) {
        return engine.relata()
                .writer()
                .transaction(
                        call, tx -> DeepCreation.create(engine.relata().writer(), tx, tx.entity("company"), values));
    }

    private static List<DeepCreation.Created> members(DeepCreation.Created created, String collection) {
        return created.members().entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(collection))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static List<@Nullable Object> names(DeepCreation.Created created, String collection) {
        List<@Nullable Object> names = new ArrayList<>();
        members(created, collection).forEach(member -> names.add(member.record().value("name")));
        return names;
    }
}
