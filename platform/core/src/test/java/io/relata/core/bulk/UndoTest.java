package io.relata.core.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.relata.core.TestEngine;
import io.relata.core.TestJobs;
import io.relata.core.audit.Cause;
import io.relata.core.imports.ImportService;
import io.relata.core.imports.ImportUpload;
import io.relata.core.job.Job;
import io.relata.core.job.JobError;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import io.relata.testkit.PostgresExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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

/// What a job or a bulk call did is undone as a whole; what somebody has touched since stays, and is reported.
@ExtendWith(PostgresExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UndoTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalPostgres postgres;
    private TestEngine engine;
    private TestJobs jobs;
    private CallContext call;
    private UUID acme;
    private UUID bolt;

    UndoTest(LocalPostgres postgres) {
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
    void records() throws SQLException {
        call = jobs.member("u" + UUID.randomUUID());
        acme = engine.create(call, "company", "name", "Acme", "number", "A1", "employees", 10)
                .id();
        bolt = engine.create(call, "company", "name", "Bolt", "number", "B1", "employees", 20)
                .id();
    }

    @Test
    void anImportIsTakenBack() throws IOException, SQLException {
        Job done = imported("no,name,staff\nA1,Acme,11\nC1,Cable,30\nB1,Bolt,21\nA1,Acme again,12\n");
        engine.update(call, "company", bolt, "phone", "+49 30 1");

        Job undone = undo("import", done);

        assertThat(companies()).isEqualTo("[Acme 10, Bolt 21]");
        assertThat(undone.counts().deleted()).isEqualTo(1);
        assertThat(errors(undone)).containsExactly("undo-touched-since " + bolt);
    }

    @Test
    void aChangeToAllThatMatchIsTakenBack() throws IOException, SQLException {
        Job done = set("update", "employees ge 10", "{\"employees\": 99}");
        assertThat(companies()).isEqualTo("[Acme 99, Bolt 99]");
        Job undone = undo("update", done);
        assertThat(companies()).isEqualTo("[Acme 10, Bolt 20]");
        assertThat(undone.counts().updated()).isEqualTo(2);
        undo("undo", undone);
        assertThat(companies()).as("undoing can be undone").isEqualTo("[Acme 99, Bolt 99]");
    }

    @Test
    void aDeletionOfAllThatMatchIsTakenBackWithItsLinks() throws IOException, SQLException {
        UUID deal = engine.create(call, "deal", "name", "Deal", "companyId", acme.toString())
                .id();
        Job done = set("delete", "employees ge 10", null);
        assertThat(companies()).isEqualTo("[]");
        Job undone = undo("delete", done);
        assertThat(companies()).isEqualTo("[Acme 10, Bolt 20]");
        assertThat(errors(undone)).isEmpty();
        assertThat(list("deals", "$filter=companyId%20eq%20" + acme)).contains(deal.toString());
    }

    @Test
    void aBulkCallIsTakenBack() throws IOException, SQLException {
        Cause cause = Cause.of("bulk", UUID.randomUUID());
        engine.relata().writer().transaction(call, tx -> {
            cause.of(tx.sql());
            BulkCall bulk = new BulkCall(engine.relata().writer(), tx, tx.entityOfSet("companies"));
            bulk.add(TestEngine.values("op", "create", "values", TestEngine.values("name", "New")));
            bulk.add(TestEngine.values(
                    "op", "update", "id", acme.toString(), "values", TestEngine.values("employees", 5L)));
            return bulk.finish(true);
        });
        assertThat(companies()).isEqualTo("[Acme 5, Bolt 20, New null]");
        run(engine.relata().writer().transaction(call, tx -> jobs.work().undo().submit(tx, cause.name())));
        assertThat(companies()).isEqualTo("[Acme 10, Bolt 20]");
    }

    @Test
    void onlyWhoDidItMayUndoItAndForThirtyDays() throws IOException, SQLException {
        Job done = set("update", "employees ge 10", "{\"employees\": 99}");
        String change = Cause.of("update", done.id()).name();
        CallContext other = new CallContext(
                call.tenant(),
                UUID.randomUUID(),
                Set.of("user"),
                call.locale(),
                call.zone(),
                call.currency(),
                "request",
                call.origin());
        notFound(other, change);
        notFound(jobs.member("other"), change);
        engine.clock().advance(UndoJobs.KEPT.plus(Duration.ofDays(1)));
        notFound(call, change);
    }

    private void notFound(CallContext who, String change) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class,
                () -> engine.relata()
                        .writer()
                        .transaction(who, tx -> jobs.work().undo().submit(tx, change)));
        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    private Job imported(String csv) throws IOException, SQLException {
        JsonNode mapping = JSON.readTree("""
                {"entity":"company","key":"number","columns":[{"column":"no","field":"number"},
                 {"column":"name","field":"name"},{"column":"staff","field":"employees"}]}""");
        UUID id;
        try (ImportUpload upload =
                jobs.work().imports().receive(call, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            ImportService.Checked checked = jobs.work().imports().check(call, upload, "file.csv", mapping);
            id = engine.relata()
                    .writer()
                    .transaction(
                            call,
                            tx -> jobs.work().imports().submit(tx, checked).id());
        }
        return run(jobs.work().jobs().find(call, id, null));
    }

    private Job set(String operation, String filter, @org.jspecify.annotations.Nullable String values)
            throws IOException, SQLException {
        SetJobs.Wish wish = new SetJobs.Wish(
                SetKind.Operation.valueOf(operation.toUpperCase(java.util.Locale.ROOT)),
                "companies",
                filter,
                values == null ? MissingNode.getInstance() : JSON.readTree(values));
        SetJobs.Checked checked = jobs.work().sets().check(call, wish);
        return run(engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().sets().submit(tx, checked)));
    }

    private Job undo(String kind, Job done) throws SQLException {
        String change = Cause.of(kind, done.id()).name();
        return run(engine.relata()
                .writer()
                .transaction(call, tx -> jobs.work().undo().submit(tx, change)));
    }

    private Job run(Job job) throws SQLException {
        Job done = jobs.run(call, job);
        assertThat(done.state()).as("%s", done.problem()).isEqualTo(Job.State.DONE);
        return done;
    }

    private List<String> errors(Job job) {
        return jobs.work().jobs().errors(call, job.id(), 0, 100).stream()
                .map((JobError error) -> error.faults().getFirst().code() + " " + error.recordId())
                .toList();
    }

    private String companies() throws IOException {
        return JSON.readTree(list("companies", "$orderby=name"))
                .path("value")
                .valueStream()
                .map(company -> company.path("name").asText().replace(" again", "") + " "
                        + company.path("employees").asText())
                .toList()
                .toString();
    }

    private String list(String set, String query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        jobs.odata().list(call, set, query).writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
