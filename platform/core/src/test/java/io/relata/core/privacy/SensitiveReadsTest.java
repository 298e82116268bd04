package io.relata.core.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.audit.SensitiveReads;
import io.relata.core.export.ExportForm;
import io.relata.core.export.ExportService;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.odata.ODataFormat;
import io.relata.core.record.AuditLog;
import io.relata.core.record.PastRecord;
import io.relata.core.search.GlobalSearch;
import io.relata.core.search.SearchUpkeep;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Whoever is shown what is sensitive, by whatever way, leaves an entry in the audit trail.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SensitiveReadsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;
    private UUID doctor;
    private UUID ada;

    SensitiveReadsTest(LocalPostgres postgres) {
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

    @BeforeEach
    void patients() throws SQLException {
        call = jobs.member("s" + UUID.randomUUID());
        define("""
                {'name': 'c_doctor', 'label': {'en': 'Doctor'}, 'pluralLabel': {'en': 'Doctors'}, 'nameField': 'c_name',
                 'fields': [{'name': 'c_name', 'type': 'text', 'label': {'en': 'Name'}}]}
                """);
        define("""
                {'name': 'c_patient', 'label': {'en': 'Patient'}, 'pluralLabel': {'en': 'Patients'},
                 'nameField': 'c_name', 'fields': [
                  {'name': 'c_name', 'type': 'text', 'personal': true, 'label': {'en': 'Name'}},
                  {'name': 'c_illness', 'type': 'text', 'sensitive': true, 'searchable': true, 'label': {'en': 'Illness'}},
                  {'name': 'c_note', 'type': 'formula', 'expression': 'c_illness + c_illness', 'label': {'en': 'Note'}},
                  {'name': 'c_doctor', 'type': 'lookup', 'target': 'c_doctor', 'label': {'en': 'Doctor'}}]}
                """);
        engine.relata().metadata().addField(call, "c_doctor", json("""
                                {'name': 'c_ill', 'type': 'integer', 'label': {'en': 'Ill'}, 'rollUp': {'of': 'c_patient',
                                 'by': 'c_doctor', 'function': 'count', 'filter': 'c_illness ne null'}}
                                """));
        doctor = engine.create(call, "c_doctor", "c_name", "House").id();
        ada = patient("Ada", "gout");
        patient("Ben", "mumps");
    }

    @Test
    void aRecordThatIsShownIsNamed() {
        jobs.odata().get(call, "c_patients", ada, null);
        assertThat(reads()).containsExactly(ada + " c_illness record 1, c_note record 1");
    }

    @Test
    void aRecordWithoutWhatIsSensitiveLeavesNothing() {
        list("c_patients", "$select=c_name&$orderby=c_name");
        list("c_patients", "$select=c_illness&$filter=c_name eq 'Nobody'");
        assertThat(reads()).isEmpty();
    }

    @Test
    void allRecordsOfAListAreNamedByOneStatement() throws SQLException {
        list("c_patients", "$select=c_name,c_illness");
        assertThat(reads()).hasSize(2).allMatch(read -> read.endsWith(" c_illness list 1"));
        assertThat(engine.database()
                        .count(
                                "select count(distinct tx) from relata.audit where tenant_id = ? and action = 'read'",
                                call.tenant()))
                .isEqualTo(1);
    }

    @Test
    void aListOfVeryManyLeavesTheirNumber() {
        for (int i = 0; i < 200; i++) {
            patient("P" + i, "flu");
        }
        list("c_patients", "$select=c_illness&$top=500", 500);
        assertThat(reads()).containsExactly(SensitiveReads.MANY + " c_illness list 202");
    }

    @Test
    void askingByAFieldIsReadingIt() {
        list("c_patients", "$select=c_name&$filter=c_illness eq 'gout'");
        assertThat(reads()).containsExactly(SensitiveReads.MANY + " c_illness list condition 1");
        jobs.odata().count(call, "c_patients", "$filter=c_illness eq 'gout'");
        assertThat(reads()).hasSize(2);
        list("c_doctors", "$select=c_name&$filter=c_patients/any(p:p/c_illness eq 'gout')");
        assertThat(reads()).hasSize(3);
    }

    @Test
    void whatIsShownWithinOthersAndReckonedFromItCounts() {
        list("c_doctors", "$select=c_name&$expand=c_patients($select=c_illness)");
        assertThat(reads()).hasSize(2).allMatch(read -> read.endsWith(" c_illness list 1"));
        list("c_doctors", "$select=c_ill");
        assertThat(reads()).contains(doctor + " c_ill list 1");
    }

    @Test
    void aReportLeavesHowManyGroupsItShowed() {
        list("c_patients", "$apply=groupby((c_illness),aggregate($count as n))");
        list("c_patients", "$apply=groupby((c_name),aggregate(c_illness with max as worst))");
        assertThat(reads())
                .containsExactly(
                        SensitiveReads.MANY + " c_illness report condition 2",
                        SensitiveReads.MANY + " c_illness report condition 2");
    }

    @Test
    void anExportNamesItsRecordsAndItsJob() throws SQLException {
        ExportService exports = jobs.work().exports();
        ExportService.Checked checked = exports.check(call, "c_patients", "$select=c_name,c_illness", ExportForm.RAW);
        jobs.run(call, engine.relata().writer().transaction(call, tx -> exports.submit(tx, checked)));
        assertThat(reads()).hasSize(2).allMatch(read -> read.endsWith(" c_illness export 1"));
    }

    @Test
    void aSearchThatShowsItIsWrittenDown() {
        SearchUpkeep upkeep = jobs.work().search();
        GlobalSearch search = new GlobalSearch(
                engine.relata().transactions(), engine.relata().metadata()::snapshot, upkeep, Duration.ofSeconds(10));
        search.search(call, new GlobalSearch.Wish("gout", List.of(), 5, null));
        assertThat(reads()).containsExactly(ada + " c_illness search 1");
    }

    @Test
    void whatItWasIsSensitiveToo() {
        EntityDefinition entity = engine.relata().seen(call).entity("c_patient").orElseThrow();
        engine.relata().history().of(call, "c_patient", ada);
        assertThat(reads()).containsExactly(ada + " c_illness history 1");
        new PastRecord(engine.relata().transactions())
                .at(call, entity, ada, engine.clock().instant());
        assertThat(reads()).hasSize(2);
        engine.relata().feed().read(call, entity, null, 10);
        assertThat(reads()).hasSize(4);
    }

    @Test
    void whoSeesAMaskReadsNothing() throws SQLException {
        engine.relata()
                .access()
                .put(
                        call,
                        "roles",
                        "clerk",
                        json("{'entities': {'*': {'read': 'tenant'}, 'c_patient': {'read': 'tenant',"
                                + " 'fields': {'c_illness': 'masked'}}}}"));
        CallContext clerk = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "r",
                call.origin());
        engine.database()
                .update(
                        "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name,"
                                + " created_at) values (?, ?, 'person', 'user', 'active', 'c', 'Clerk', now())",
                        clerk.tenant(),
                        clerk.user());
        engine.relata().access().put(call, "users", clerk.user().toString(), json("{'unit':null,'roles':['clerk']}"));
        jobs.odata().get(clerk, "c_patients", ada, null);
        assertThat(reads()).isEmpty();
    }

    private UUID patient(String name, String illness) {
        return engine.create(call, "c_patient", "c_name", name, "c_illness", illness, "c_doctor_id", doctor.toString())
                .id();
    }

    /// Returns the entries about reading, the oldest first: the record, then each field with its way and how many.
    private List<String> reads() {
        List<String> reads = new ArrayList<>();
        AuditLog log =
                new AuditLog(engine.relata().transactions(), engine.relata().metadata()::snapshot);
        AuditLog.Wish wish = new AuditLog.Wish(null, null, null, SensitiveReads.ACTION, null, null, null);
        for (AuditLog.Entry entry : log.entries(call, wish, 1000).reversed()) {
            List<String> fields = new ArrayList<>();
            entry.changes()
                    .forEach(field -> fields.add(field.path("field").asText() + " "
                            + field.path("way").asText() + (field.has("condition") ? " condition " : " ")
                            + field.path("records")));
            reads.add(entry.record() + " " + String.join(", ", fields));
        }
        return reads;
    }

    private void list(String set, String query) {
        list(set, query, 50);
    }

    private void list(String set, String query, int page) {
        try {
            jobs.odata()
                    .list(call, set, encoded(query), ODataFormat.USUAL, page)
                    .body()
                    .writeTo(new ByteArrayOutputStream());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8)
                .replace("%26", "&")
                .replace("%3D", "=")
                .replace("+", "%20");
    }

    private void define(String definition) {
        engine.relata().metadata().createEntity(call, json(definition));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
