package io.relata.core.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.TestCalls;
import io.relata.core.TestClock;
import io.relata.core.TestDatabase;
import io.relata.core.job.JobRunner;
import io.relata.core.job.JobRunner.TurnEnd;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// An engine with the test's companies and deals, and imports to try on it. Each runner is a process of its own.
record ImportWorld(TestDatabase database, Relata relata, BackgroundWork background) implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ImportWorld create(TestDatabase database, Path plugins, Path files) {
        Relata relata = Relata.start(new Relata.Settings(database.application(), new TestClock(), plugins, files));
        return new ImportWorld(database, relata, BackgroundWork.of(relata, odata(relata), task -> {}));
    }

    ImportService imports() {
        return background.imports();
    }

    static ODataService odata(Relata relata) {
        return new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofSeconds(10)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
    }

    /// Returns a member of a new tenant.
    CallContext member() throws SQLException {
        return member(database.tenant("imports", "test"));
    }

    /// Returns a further member of the tenant.
    CallContext anotherMember(CallContext member) throws SQLException {
        return member(member.tenant());
    }

    private CallContext member(UUID tenant) throws SQLException {
        CallContext context = TestCalls.user(tenant);
        database.update(
                "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                        + " values (?, ?, 'person', 'user', 'active', ?, 'U', now())",
                tenant,
                context.user(),
                context.user().toString());
        return context;
    }

    ImportJob submit(CallContext context, String mapping, String csv) throws IOException {
        return submit(context, mapping, csv.getBytes(StandardCharsets.UTF_8));
    }

    ImportJob submit(CallContext context, String mapping, byte[] csv) throws IOException {
        try (ImportUpload upload = imports().receive(context, new ByteArrayInputStream(csv))) {
            ImportService.Checked checked = imports().check(context, upload, "file.csv", json(mapping));
            return relata.writer().transaction(context, tx -> imports().submit(tx, checked));
        }
    }

    /// Imports the file to its end.
    ImportJob run(CallContext context, String mapping, String csv) throws IOException {
        ImportJob job = submit(context, mapping, csv);
        turn(context);
        return imports().find(context, job.id());
    }

    TurnEnd turn(CallContext context) {
        return runner().turn(context.tenant(), () -> false);
    }

    JobRunner runner() {
        return runner(database.application());
    }

    JobRunner runner(DataSource source) {
        return new JobRunner(
                new TenantTransaction(source), BackgroundWork.kinds(relata, odata(relata)), relata.clock());
    }

    List<ImportReject> rejects(CallContext context, ImportJob job) {
        return imports().rejects(context, job.id(), 0, 1_000);
    }

    /// Returns what is stored, in a form to compare: a line for each live record.
    List<Object> records(CallContext context, String table, String columns) throws SQLException {
        return database.all(
                "select concat_ws('|', " + columns + ", version) from relata." + table
                        + " where tenant_id = ? and state = 0 order by 1",
                context.tenant());
    }

    long count(CallContext context, String table) throws SQLException {
        return database.count("select count(*) from relata." + table + " where tenant_id = ?", context.tenant());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException exception) {
            throw new IllegalArgumentException(exception);
        }
    }

    @Override
    public void close() {
        background.close();
        relata.close();
    }
}
