package io.relata.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.FailingDataSource.Commit;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Secret;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataBody;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.vault.MasterKeys;
import io.relata.core.vault.Vault;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What is stored encrypted can be read by those who read the record, and stands nowhere else.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedFieldTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SECRET = "Zebra-4711-斑马";

    private TestEngine engine;
    private TestJobs jobs;

    @BeforeAll
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
    }

    @AfterAll
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void standsNowhereInTheDatabase() throws Exception {
        CallContext call = people("nowhere");
        RecordData made = create(call, SECRET);
        engine.update(call, "c_person", made.id(), "c_iban", SECRET + " 2");
        engine.relata().writer().delete(call, "c_person", made.id(), null);

        List<Object> tables = engine.database()
                .all(
                        "select table_name from information_schema.tables where table_schema = 'relata' and table_type = 'BASE TABLE'");
        for (Object table : tables) {
            assertThat(engine.database()
                            .count("select count(*) from relata." + table + " t where t::text like '%Zebra%'"))
                    .as(String.valueOf(table))
                    .isZero();
        }
        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared where tenant_id = ? and data ->> 'c_iban' like '1.%'",
                                call.tenant()))
                .isEqualTo(1);
    }

    @Test
    void isReadByThoseWhoReadTheRecord() throws Exception {
        CallContext call = people("read");
        RecordData made = create(call, SECRET);

        assertThat(made.value("c_iban"))
                .as("an answer to a write does not say it")
                .hasToString(Secret.MASK);
        assertThat(read(call, made.id())).isEqualTo(SECRET);
        RecordData same = engine.update(call, "c_person", made.id(), "c_iban", SECRET);
        assertThat(same.version()).as("nothing changed").isEqualTo(1);
        engine.update(call, "c_person", made.id(), "c_name", "Other");
        assertThat(read(call, made.id())).isEqualTo(SECRET);
        engine.update(call, "c_person", made.id(), "c_iban", null);
        assertThat(read(call, made.id())).isEqualTo("null");
    }

    @Test
    void isMaskedInTheHistoryTheFeedAndConflicts() throws Exception {
        CallContext call = people("masked");
        RecordData made = create(call, SECRET);
        engine.update(call, "c_person", made.id(), "c_iban", "another");

        assertThat(engine.relata().history().of(call, "c_person", made.id()))
                .flatExtracting(RecordHistory.Entry::changes)
                .filteredOn(change -> change.field().equals("c_iban"))
                .allMatch(change -> change.after().asText().equals(Secret.MASK));
        EntityDefinition person = engine.relata()
                .metadata()
                .snapshot(call.tenant())
                .entity("c_person")
                .orElseThrow();
        ChangeFeed.Page page = engine.relata().feed().read(call, person, null, 10);
        assertThat(page.events())
                .flatExtracting(ChangeFeed.Event::changes)
                .filteredOn(change -> change.property().equals("c_iban"))
                .isNotEmpty()
                .allMatch(change -> change.after().asText().equals(Secret.MASK));
        ProblemException conflict = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata()
                        .writer()
                        .update(call, "c_person", made.id(), 1L, TestEngine.values("c_iban", SECRET)));
        assertThat(conflict.toString() + conflict.extras())
                .doesNotContain("Zebra")
                .doesNotContain("another");
    }

    @Test
    void cannotBeAskedForOrComputedWith() throws Exception {
        CallContext call = people("asked");
        create(call, SECRET);

        for (String query : List.of(
                "$filter=c_iban%20eq%20%27x%27",
                "$filter=startswith(c_iban,%27Z%27)",
                "$filter=c_iban%20ne%20null",
                "$orderby=c_iban",
                "$apply=groupby((c_iban))")) {
            assertThat(catchThrowableOfType(ProblemException.class, () -> list(call, query))
                            .detail())
                    .as(query)
                    .isEqualTo("query-secret");
        }
        assertThat(violations(
                        call,
                        "{\"op\": \"add\", \"component\": \"c_person.c_x\", \"value\": {\"type\": \"formula\","
                                + " \"expression\": \"c_iban\", \"label\": {\"en\": \"X\"}}}"))
                .isNotEmpty();
        for (String member :
                List.of("\"indexed\": true", "\"unique\": true", "\"searchable\": true", "\"default\": \"x\"")) {
            assertThat(violations(
                            call,
                            "{\"op\": \"add\", \"component\": \"c_person.c_x\", \"value\": {\"type\": \"encryptedText\", "
                                    + member + ", \"label\": {\"en\": \"X\"}}}"))
                    .as(member)
                    .isNotEmpty();
        }
        assertThat(violations(
                        call,
                        "{\"op\": \"change\", \"component\": \"c_person.c_iban\", \"value\": {\"type\": \"text\"}}"))
                .extracting(Violation::code)
                .containsExactly("type-not-convertible");
        JsonNode values = JSON.readTree("{\"c_iban\": \"Zebra\"}");
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> jobs.work()
                                        .sets()
                                        .check(
                                                call,
                                                new SetJobs.Wish(Operation.UPDATE, "c_persons", "id ne null", values)))
                        .violations())
                .containsExactly(Violation.of("values.c_iban", "secret-not-in-job"));
    }

    @Test
    void doesNotOpenInAnotherPlace() throws Exception {
        CallContext call = people("place");
        RecordData one = create(call, "one");
        RecordData other = create(call, "other");

        engine.database()
                .update(
                        "update relata.record_shared a set data = b.data from relata.record_shared b where a.id = ? and b.id = ?",
                        one.id(),
                        other.id());

        assertThatThrownBy(() -> read(call, one.id())).isInstanceOf(IllegalStateException.class);
        assertThat(read(call, other.id())).isEqualTo("other");
    }

    @Test
    void isSealedWithANewKeyByAJobThatGoesOnAfterACrash() throws Exception {
        CallContext call = people("rotate");
        engine.relata().writer().transaction(call, tx -> {
            List<RecordInput> inputs = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                inputs.add(new RecordInput(null, null, Map.of("c_name", "n" + i, "c_iban", SECRET + i), Form.JSON));
            }
            return engine.relata().writer().saveAll(tx, tx.entity("c_person"), inputs);
        });
        RecordData kept = create(call, SECRET);
        Job job = engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().rotation().submit(tx, "c_persons"));
        jobs.killAt(call, 4, Commit.LOST);

        assertThat(jobs.run(call, job).state()).isEqualTo(Job.State.DONE);

        assertThat(engine.database()
                        .count(
                                "select count(*) from relata.record_shared where tenant_id = ? and data ->> 'c_iban' not like '2.%'",
                                call.tenant()))
                .isZero();
        assertThat(read(call, kept.id())).isEqualTo(SECRET);
        assertThat(engine.update(call, "c_person", kept.id()).version())
                .as("to the record nothing happened")
                .isEqualTo(1);
        assertThat(read(call, create(call, "after").id())).isEqualTo("after");
    }

    @Test
    void opensWithTheMasterKeyThatWrappedAndIsWrappedAnewWithTheFirst() throws SQLException {
        UUID tenant = engine.database().tenant("masters", "test");
        String old = "old:" + "A".repeat(42) + "A=";
        String fresh = "new:" + "B".repeat(42) + "A=";
        Vault.Place place = new Vault.Place(tenant, "e", new UUID(0, 1), "f");
        Vault before = new Vault(MasterKeys.read(old).orElseThrow());
        Vault between = new Vault(MasterKeys.read(fresh + ", " + old).orElseThrow());
        Vault after = new Vault(MasterKeys.read(fresh).orElseThrow());
        var now = engine.clock().instant();
        var transactions = engine.relata().transactions();
        transactions.call(tenant, sql -> {
            before.ensure(sql, tenant, now);
            return tenant;
        });
        String sealed = transactions.call(tenant, sql -> before.seal(sql, place, SECRET));

        assertThat(transactions.<String>call(tenant, sql -> between.open(sql, place, sealed)))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> transactions.<String>call(tenant, sql -> after.open(sql, place, sealed)))
                .hasMessageContaining("old");
        transactions.call(tenant, sql -> between.renew(sql, tenant, now));
        assertThat(transactions.<String>call(tenant, sql -> after.open(sql, place, sealed)))
                .isEqualTo(SECRET);
        assertThat(MasterKeys.read("short:AAAA")).isEmpty();
        assertThat(MasterKeys.development().forDevelopment()).isTrue();
        assertThat(MasterKeys.read(old).orElseThrow().toString()).doesNotContain("AAAA");
    }

    private List<Violation> violations(CallContext call, String change) {
        return catchThrowableOfType(
                        ProblemException.class,
                        () -> jobs.work().plans().plan(call, "x", Edit.changes(json("[" + change + "]"))))
                .violations();
    }

    private RecordData create(CallContext call, String secret) {
        return engine.create(call, "c_person", "c_name", "N", "c_iban", secret);
    }

    private String read(CallContext call, UUID id) throws IOException {
        return body(jobs.odata().get(call, "c_persons", id, null).body())
                .path("c_iban")
                .asText();
    }

    private JsonNode list(CallContext call, String query) throws IOException {
        return body(jobs.odata().list(call, "c_persons", query));
    }

    private static JsonNode body(ODataBody body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out);
        return JSON.readTree(out.toByteArray());
    }

    private CallContext people(String slug) throws SQLException {
        CallContext call = jobs.member("encrypted-" + slug);
        jobs.work().plans().now(call, "People", Edit.changes(json("""
                [{"op": "add", "component": "c_person", "value": {"label": {"en": "Person"}, "pluralLabel": {"en": "People"}, "fields": [
                   {"name": "c_name", "type": "text", "searchable": true, "label": {"en": "Name"}},
                   {"name": "c_iban", "type": "encryptedText", "maxLength": 40, "label": {"en": "IBAN"}}]}}]
                """)));
        return call;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
