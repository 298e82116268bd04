package io.relata.core.formula;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.bulk.BulkCall;
import io.relata.core.bulk.BulkReport;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind.Operation;
import io.relata.core.imports.ImportJob;
import io.relata.core.imports.ImportReject;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.job.Fault;
import io.relata.core.job.Job;
import io.relata.core.metadata.Edit;
import io.relata.core.record.RecordData;
import io.relata.core.record.RecordResult;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Rules and conditions of fields hold for imports, for many records in one call and for jobs as they do for one
/// record.
@ExtendWith(PostgresExtension.class)
class RulesByEveryWayTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;

    @BeforeEach
    void start(LocalPostgres postgres, @TempDir Path folder) throws IOException, SQLException {
        engine = TestEngine.start(postgres, folder);
        jobs = TestJobs.of(engine);
        CallContext member = jobs.member("every-way");
        call = new CallContext(
                member.tenant(),
                member.user(),
                member.roles(),
                Locale.SIMPLIFIED_CHINESE,
                member.zone(),
                member.currency(),
                member.requestId(),
                member.origin());
        jobs.work().plans().now(call, "Fines", Edit.changes(json("""
                [{"op": "add", "component": "c_fine", "value": {"label": {"en": "Fine"}, "pluralLabel": {"en": "Fines"}, "fields": [
                   {"name": "c_plate", "type": "text", "label": {"en": "Plate"}},
                   {"name": "c_amount", "type": "money", "label": {"en": "Amount"}, "readOnlyWhen": "c_state == 'paid'"},
                   {"name": "c_state", "type": "picklist", "label": {"en": "State"}, "default": "open",
                    "options": [{"value": "open", "label": {"en": "Open"}}, {"value": "paid", "label": {"en": "Paid"}},
                                {"value": "waived", "label": {"en": "Waived"}}],
                    "optionsWhen": [{"value": "waived", "when": "c_amount < 100"}]},
                   {"name": "c_reason", "type": "text", "label": {"en": "Reason"},
                    "requiredWhen": "c_state == 'waived'", "visibleWhen": "c_state == 'waived'"}],
                   "rules": [{"name": "c_form", "field": "c_plate", "refuseWhen": "!matches(c_plate, '[A-Z0-9]{2,8}')",
                     "message": {"en": "Letters and digits.", "zh-CN": "只能是字母和数字。"}}]}}]
                """)));
    }

    @AfterEach
    void stop() {
        jobs.close();
        engine.close();
    }

    @Test
    void anImportRefusesTheRowsAndSaysWhyInTheLanguageOfWhoAsked() throws IOException, SQLException {
        String mapping = """
                {"entity": "c_fine", "columns": [{"column": "plate", "field": "c_plate"}, {"column": "amount", "field": "c_amount"},
                  {"column": "state", "field": "c_state"}, {"column": "reason", "field": "c_reason"}]}""";
        String csv = """
                plate,amount,state,reason
                AB12,50,waived,old car
                a b,50,open,
                AB13,50,waived,
                AB14,150,waived,much
                AB15,50,open,hidden
                """;
        ImportJob job;
        ImportService imports = jobs.work().imports();
        try (ImportUpload upload =
                imports.receive(call, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            ImportService.Checked checked = imports.check(call, upload, "fines.csv", json(mapping));
            job = engine.relata().writer().transaction(call, tx -> imports.submit(tx, checked));
        }
        jobs.runner().turn(call.tenant(), () -> false);

        assertThat(imports.find(call, job.id()).counts().created()).isEqualTo(1);
        List<ImportReject> rejects = imports.rejects(call, job.id(), 0, 10);
        assertThat(rejects)
                .flatExtracting(reject -> reject.faults().stream()
                        .map(fault -> reject.rowNumber() + " " + fault.field() + " " + fault.code())
                        .toList())
                .containsExactly(
                        "2 c_plate rule-broken",
                        "3 c_reason required",
                        "4 c_state not-an-option",
                        "5 c_reason not-visible");
        assertThat(rejects.getFirst().faults().getFirst().arguments()).contains("只能是字母和数字。");
    }

    @Test
    void manyRecordsInOneCallAreRefusedOneByOne() {
        BulkReport report = engine.relata().writer().transaction(call, tx -> {
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entity("c_fine"));
            bulk.add(item("AB12", 50L, "open"));
            bulk.add(item("a b", 50L, "open"));
            bulk.add(item("AB13", 150L, "waived"));
            return bulk.finish(false);
        });

        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.results())
                .filteredOn(BulkReport.Refused.class::isInstance)
                .flatExtracting(
                        refused -> new RecordResult.Rejected(((BulkReport.Refused) refused).problem()).violations())
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactlyInAnyOrder("c_plate rule-broken", "c_state not-an-option", "c_reason required");
    }

    private static Map<String, Object> item(String plate, long amount, String state) {
        return Map.of("op", "create", "values", Map.of("c_plate", plate, "c_amount", amount, "c_state", state));
    }

    @Test
    void aJobLeavesRecordsThatWouldBreakACondition() throws SQLException {
        engine.create(call, "c_fine", "c_plate", "AB12", "c_amount", 50);
        engine.create(call, "c_fine", "c_plate", "AB13", "c_amount", 150);
        RecordData paid = engine.create(call, "c_fine", "c_plate", "AB14", "c_amount", 70);
        engine.update(call, "c_fine", paid.id(), "c_state", "paid");

        Job waived = run("c_state eq 'open'", "{\"c_state\": \"waived\", \"c_reason\": \"spring\"}");
        Job dearer = run("c_amount gt 0", "{\"c_amount\": 60}");

        assertThat(waived.counts().updated()).isEqualTo(1);
        assertThat(codes(waived)).containsExactly("c_state not-an-option");
        assertThat(dearer.counts().updated()).isEqualTo(2);
        assertThat(codes(dearer)).containsExactly("c_amount read-only-now");
    }

    private Job run(String filter, String values) throws SQLException {
        SetJobs sets = jobs.work().sets();
        SetJobs.Checked checked = sets.check(call, new SetJobs.Wish(Operation.UPDATE, "c_fines", filter, json(values)));
        Job job = engine.relata().writer().transaction(call, tx -> sets.submit(tx, checked));
        return jobs.run(call, job);
    }

    private List<String> codes(Job job) {
        return jobs.work().jobs().errors(call, job.id(), 0, 10).stream()
                .flatMap(error -> error.faults().stream())
                .map((Fault fault) -> fault.field() + " " + fault.code())
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }
}
