package io.relata.core.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestCalls;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.job.Job;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.problem.ProblemException;
import io.relata.core.query.RecordReader;
import io.relata.core.record.ExchangeUses;
import io.relata.core.record.RecordData;
import io.relata.core.rollup.RollUpKind.Operation;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Bills in several currencies: of firms, shared between firms, and of parts that stand under each other.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatesTest {

    private static final List<String> CURRENCIES = List.of("CNY", "EUR", "JPY", "USD", "CHF");

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;

    RatesTest(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void convertsEachAmountByTheLastRateOnOrBeforeItsDay() throws SQLException {
        CallContext call = tenant("each");
        put(call, """
                {"rates": [{"from": "EUR", "to": "CNY", "day": "2026-01-01", "rate": 7.8123},
                           {"from": "EUR", "to": "CNY", "day": "2026-02-01", "rate": "8"},
                           {"from": "EUR", "to": "JPY", "day": "2026-01-01", "rate": 160.5}]}
                """);
        UUID firm = engine.create(call, "c_firm", "c_name", "F").id();
        bill(call, firm, "100.01", "EUR", "2026-01-31");
        UUID second = bill(call, firm, "10", "EUR", "2026-02-01");
        bill(call, firm, "5.55", "CNY", "2020-01-01");
        bill(call, firm, "1000", "EUR", "2025-12-31");
        bill(call, firm, "7", "CHF", "2026-01-31");
        bill(call, firm, null, "EUR", "2026-01-31");

        // 100.01 * 7.8123 = 781.308123 and 10 * 8, and 5.55 as it is; 100.01 * 160.5 = 16051.605
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("866.86"));
        assertThat(value(call, "c_firm", firm, "c_best")).isEqualTo(new BigDecimal("16052"));

        engine.update(call, "c_bill", second, "c_day", "2026-01-02");
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("864.98"));
        engine.update(call, "c_bill", second, "c_currency", "CNY");
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("796.86"));

        assertThat(uses(call, firm, "c_total"))
                .containsExactly("CNY null 1 2", "CHF null null 1", "EUR 2026-01-01 7.8123 1", "EUR null null 1");
    }

    @Test
    void takesTheDayOnWhichTheRecordWasMadeWhenNoFieldSaysAnother() throws SQLException {
        CallContext call = tenant("made");
        LocalDate today = LocalDate.ofInstant(engine.clock().instant(), ZoneOffset.UTC);
        put(call, """
                {"rates": [{"from": "EUR", "to": "USD", "day": "%s", "rate": 1.1},
                           {"from": "EUR", "to": "USD", "day": "%s", "rate": 9}]}
                """.formatted(today.minusDays(3), today.plusDays(1)));
        UUID firm = engine.create(call, "c_firm", "c_name", "F").id();
        bill(call, firm, "100", "EUR", "2020-01-01");
        bill(call, firm, "1", null, null);

        assertThat(value(call, "c_firm", firm, "c_ours")).isEqualTo(new BigDecimal("111.00"));
    }

    @Test
    void isReckonedAnewWhenRatesChange() throws SQLException {
        CallContext call = tenant("anew");
        UUID firm = engine.create(call, "c_firm", "c_name", "F").id();
        bill(call, firm, "10", "EUR", "2026-01-31");
        UUID part = part(call, null, "10", "EUR", "2026-01-31");
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("0.00"));

        List<Job> begun =
                put(call, "{\"rates\": [{\"from\": \"EUR\", \"to\": \"CNY\", \"day\": \"2026-01-01\", \"rate\": 8}]}");
        assertThat(begun).extracting(Job::entity).containsExactlyInAnyOrder("c_firm", "c_part");
        assertThat(put(
                        call,
                        "{\"rates\": [{\"from\": \"EUR\", \"to\": \"CNY\", \"day\": \"2026-01-02\", \"rate\": 9}]}"))
                .as("those that have not begun will do")
                .isEmpty();
        for (Job job : begun) {
            assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);
        }
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("90.00"));
        assertThat(value(call, "c_part", part, "c_all")).isEqualTo(new BigDecimal("90.00"));
        assertThat(put(
                        call,
                        "{\"rates\": [{\"from\": \"EUR\", \"to\": \"CNY\", \"day\": \"2026-01-02\", \"rate\": 9.0}]}"))
                .as("nothing changed")
                .isEmpty();

        List<Job> again = engine.relata().writer().transaction(call, tx -> {
            new Rates(engine.relata().trail()).remove(tx.sql(), call, "EUR", "CNY", LocalDate.parse("2026-01-02"));
            return jobs.work().rollUps().convertAnew(tx, Set.of("CNY"));
        });
        for (Job job : again) {
            jobs.run(call, job);
        }
        assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(new BigDecimal("80.00"));
    }

    @Test
    void agreesWithWhatIsReckonedAnewWhateverIsDone() throws SQLException {
        CallContext call = tenant("agrees");
        Random random = new Random(11);
        Map<String, BigDecimal> toCny = rates(call, random);
        List<UUID> firms = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            firms.add(engine.create(call, "c_firm", "c_name", "F" + i).id());
        }
        List<UUID> bills = new ArrayList<>();
        List<UUID> parts = new ArrayList<>();
        for (int step = 0; step < 80; step++) {
            act(call, random, firms, bills, parts);
        }
        for (String set : List.of("c_firms", "c_parts")) {
            Job check = jobs.run(call, submit(call, Operation.CHECK, set));
            assertThat(check.counts().rejected())
                    .as(() -> jobs.work().jobs().errors(call, check.id(), 0, 10).toString())
                    .isZero();
        }
        for (UUID firm : firms) {
            assertThat(value(call, "c_firm", firm, "c_total")).isEqualTo(total(call, firm, bills, toCny));
        }
    }

    private void act(CallContext call, Random random, List<UUID> firms, List<UUID> bills, List<UUID> parts) {
        UUID firm = firms.get(random.nextInt(firms.size()));
        String amount = random.nextInt(100_000) + "";
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        String day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(90)).toString();
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                bills.add(bill(call, firm, amount, currency, day));
                engine.create(
                        call,
                        "c_share",
                        "c_of_id",
                        firm.toString(),
                        "c_bill_id",
                        bills.getLast().toString());
            }
            case 2 -> {
                UUID above = parts.isEmpty() || random.nextInt(4) == 0 ? null : parts.get(random.nextInt(parts.size()));
                parts.add(part(call, above, amount, currency, day));
            }
            case 3 -> {
                if (!parts.isEmpty()) {
                    engine.update(
                            call,
                            "c_part",
                            parts.get(random.nextInt(parts.size())),
                            "c_price",
                            amount,
                            "c_currency",
                            currency);
                }
            }
            case 4 -> {
                if (parts.size() > 2) {
                    UUID moved = parts.get(random.nextInt(parts.size()));
                    try {
                        engine.update(
                                call,
                                "c_part",
                                moved,
                                "c_under_id",
                                parts.get(random.nextInt(parts.size())).toString());
                    } catch (ProblemException loop) {
                        assertThat(loop.violations().getFirst().code()).isEqualTo("hierarchy-loop");
                    }
                }
            }
            case 5 -> {
                if (!bills.isEmpty()) {
                    UUID bill = bills.get(random.nextInt(bills.size()));
                    engine.update(call, "c_bill", bill, "c_currency", currency, "c_firm_id", firm.toString());
                }
            }
            default -> {
                if (bills.size() > 3) {
                    engine.relata().writer().delete(call, "c_bill", bills.remove(random.nextInt(bills.size())), null);
                }
            }
        }
    }

    /// Loads a rate for each tenth day, none for francs; returns them by currency and day.
    private Map<String, BigDecimal> rates(CallContext call, Random random) {
        StringBuilder csv = new StringBuilder("day,from,rate,to,remark\n");
        Map<String, BigDecimal> rates = new HashMap<>();
        for (String from : List.of("EUR", "JPY", "USD")) {
            for (int day = 5; day < 90; day += 10) {
                BigDecimal rate = BigDecimal.valueOf(random.nextInt(1_000_000) + 1, 5);
                LocalDate on = LocalDate.of(2026, 1, 1).plusDays(day);
                csv.append(on + "," + from + "," + rate + ",CNY,x\n");
                for (int held = 0; held < 10; held++) {
                    rates.put(from + on.plusDays(held), rate);
                }
            }
        }
        List<Rate> read = RateInput.read(new StringReader(csv.toString()));
        put(call, read);
        return rates;
    }

    private BigDecimal total(CallContext call, UUID firm, List<UUID> bills, Map<String, BigDecimal> rates) {
        BigDecimal total = new BigDecimal("0.00");
        for (UUID id : bills) {
            RecordData bill = record(call, "c_bill", id);
            String currency = String.valueOf(bill.value("c_currency"));
            BigDecimal rate = currency.equals("CNY") ? BigDecimal.ONE : rates.get(currency + bill.value("c_day"));
            if (firm.equals(bill.value("c_firm"))
                    && rate != null
                    && bill.value("c_amount") instanceof BigDecimal amount) {
                total = total.add(amount.multiply(rate).setScale(2, RoundingMode.HALF_UP));
            }
        }
        return total;
    }

    @Test
    void refusesWrongRatesAllTogetherAndWhoIsNoAdministrator() throws SQLException {
        CallContext call = tenant("refuses");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> put(call, """
                {"rates": [{"from": "EUR", "to": "EUR", "day": "2026-01-01", "rate": 1},
                           {"from": "XYZ", "to": "CNY", "day": "2026-02-30", "rate": 0},
                           {"from": "EUR", "to": "CNY", "day": "2026-01-01", "rate": 1.0000000000001},
                           {"from": "EUR", "to": "CNY", "day": "2026-01-01", "rate": 2, "by": "me"}]}
                """));
        assertThat(refused.violations().stream().map(one -> one.field() + " " + one.code()))
                .containsExactly(
                        "rates[0].to rate-same",
                        "rates[1].from currency-unknown",
                        "rates[1].day expects-date",
                        "rates[1].rate rate-out-of-bounds",
                        "rates[2].rate rate-out-of-bounds",
                        "rates[3].day rate-twice",
                        "rates[3].by unknown-member");

        CallContext member = TestCalls.user(call.tenant());
        ProblemException denied = catchThrowableOfType(
                ProblemException.class,
                () -> put(
                        member,
                        "{\"rates\": [{\"from\": \"EUR\", \"to\": \"CNY\", \"day\": \"2026-01-01\", \"rate\": 8}]}"));
        assertThat(denied.detail()).isEqualTo("rate-administrators-only");
    }

    @Test
    void refusesDefinitionsThatConvertNothingOrIntoSeveralCurrencies() throws SQLException {
        CallContext call = tenant("definitions");
        assertThat(refused(call, "", "\"rateOn\": \"c_name\"")).isEqualTo("rollUp.rateOn roll-up-rate-day");
        assertThat(refused(call, ", \"currencyField\": \"c_of_firm\"", "\"rateOn\": \"c_day\""))
                .isEqualTo("rollUp.field roll-up-currency");
        assertThat(refused(call, "\"c_fixed\"", ", \"currency\": \"CNY\"", "\"rateOn\": \"c_day\""))
                .isEqualTo("rollUp.rateOn roll-up-rate-none");
    }

    private String refused(CallContext call, String settings, String rollUp) {
        return refused(call, "\"c_amount\"", settings, rollUp);
    }

    private String refused(CallContext call, String field, String settings, String rollUp) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata().metadata().addField(call, "c_firm", json("""
                        {"name": "c_new", "type": "money", "label": {"en": "N"}%s,
                         "rollUp": {"of": "c_bill", "by": "c_firm", "function": "sum", "field": %s, %s}}
                        """.formatted(
                                settings, field, rollUp))));
        return refused.violations().getFirst().field() + " "
                + refused.violations().getFirst().code();
    }

    private List<Job> put(CallContext call, String body) {
        return put(call, RateInput.read(json(body)));
    }

    private List<Job> put(CallContext call, List<Rate> rates) {
        return engine.relata().writer().transaction(call, tx -> {
            Rates.Outcome outcome = new Rates(engine.relata().trail()).put(tx.sql(), call, rates);
            return jobs.work().rollUps().convertAnew(tx, outcome.to());
        });
    }

    private Job submit(CallContext call, Operation operation, String set) {
        return engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().rollUps().submit(tx, operation, set));
    }

    private List<String> uses(CallContext call, UUID firm, String field) {
        List<ExchangeUses.Result> results =
                engine.relata().writer().transaction(call, tx -> ExchangeUses.of(tx, tx.entity("c_firm"), firm));
        return results.stream()
                .filter(result -> result.field().equals(field))
                .flatMap(result -> result.uses().stream())
                .map(use -> use.from() + " " + use.day() + " " + use.rate() + " " + use.records())
                .toList();
    }

    private UUID bill(
            CallContext call, UUID firm, @Nullable String amount, @Nullable String currency, @Nullable String day) {
        return engine.create(
                        call,
                        "c_bill",
                        "c_firm_id",
                        firm.toString(),
                        "c_amount",
                        amount,
                        "c_currency",
                        currency,
                        "c_day",
                        day)
                .id();
    }

    private UUID part(CallContext call, @Nullable UUID under, String price, String currency, String day) {
        return engine.create(
                        call,
                        "c_part",
                        "c_under_id",
                        under == null ? null : under.toString(),
                        "c_price",
                        price,
                        "c_currency",
                        currency,
                        "c_bought",
                        day + "T23:30:00Z")
                .id();
    }

    private @Nullable Object value(CallContext call, String entity, UUID id, String field) {
        return record(call, entity, id).value(field);
    }

    private RecordData record(CallContext call, String entity, UUID id) {
        EntityDefinition definition = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity(entity)
                .orElseThrow();
        return new RecordReader(engine.relata().transactions(), Duration.ofSeconds(10))
                .find(call, definition, id)
                .orElseThrow();
    }

    private CallContext tenant(String slug) throws SQLException {
        CallContext call = jobs.member("rates-" + slug);
        define(call, "c_firm", "", """
                , {"name": "c_of_firm", "type": "currency", "label": {"en": "Currency"}}
                """);
        String money = """
                , {"name": "c_amount", "type": "money", "currencyField": "c_currency", "label": {"en": "Amount"}}
                , {"name": "c_currency", "type": "currency", "label": {"en": "Currency"}}
                """;
        define(call, "c_bill", "", money + """
                , {"name": "c_firm", "type": "lookup", "target": "c_firm", "label": {"en": "Firm"}}
                , {"name": "c_fixed", "type": "money", "currency": "CNY", "label": {"en": "Fixed"}}
                , {"name": "c_day", "type": "date", "label": {"en": "Day"}}
                """);
        define(call, "c_share", """
                , "link": [{"lookup": "c_of", "collection": "c_shared_bills"}, {"lookup": "c_bill", "collection": "c_shared_by"}]
                """, """
                , {"name": "c_of", "type": "lookup", "target": "c_firm", "required": true, "onDelete": "cascade", "label": {"en": "Of"}}
                , {"name": "c_bill", "type": "lookup", "target": "c_bill", "required": true, "onDelete": "cascade", "label": {"en": "Bill"}}
                """);
        define(call, "c_part", "", money.replace("c_amount", "c_price") + """
                , {"name": "c_under", "type": "lookup", "target": "c_part", "hierarchical": true, "label": {"en": "Under"}}
                , {"name": "c_bought", "type": "datetime", "label": {"en": "Bought"}}
                """);
        String ofBills = "\"of\": \"c_bill\", \"field\": \"c_amount\", \"by\": \"c_firm\"";
        add(call, "c_firm", "c_total", "CNY", ofBills + ", \"function\": \"sum\", \"rateOn\": \"c_day\"");
        add(call, "c_firm", "c_best", "JPY", ofBills + ", \"function\": \"max\", \"rateOn\": \"c_day\"");
        add(call, "c_firm", "c_mean", "CNY", ofBills + ", \"function\": \"avg\", \"rateOn\": \"c_day\"");
        add(call, "c_firm", "c_ours", null, ofBills + ", \"function\": \"sum\"");
        add(
                call,
                "c_firm",
                "c_shared",
                "CNY",
                "\"of\": \"c_bill\", \"field\": \"c_amount\", \"by\": \"c_of\", \"through\": \"c_share\", \"function\": \"sum\", \"rateOn\": \"c_day\"");
        add(
                call,
                "c_part",
                "c_all",
                "CNY",
                "\"of\": \"c_part\", \"field\": \"c_price\", \"by\": \"c_under\", \"tree\": true, \"function\": \"sum\", \"rateOn\": \"c_bought\"");
        return call;
    }

    private void add(CallContext call, String entity, String name, @Nullable String currency, String rollUp) {
        String settings = currency == null ? "" : ", \"currency\": \"" + currency + "\"";
        engine.relata().metadata().addField(call, entity, json("""
                {"name": "%s", "type": "money"%s, "label": {"en": "R"}, "rollUp": {%s}}
                """.formatted(name, settings, rollUp)));
    }

    private void define(CallContext call, String name, String members, String fields) {
        engine.relata().metadata().createEntity(call, json("""
                {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"}%s,
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                """.formatted(name, name, name, members, fields)));
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
