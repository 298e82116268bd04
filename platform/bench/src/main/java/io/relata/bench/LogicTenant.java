package io.relata.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.job.Job;
import io.relata.core.metadata.type.Form;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import io.relata.core.record.RecordInput;
import io.relata.core.record.RecordResult;
import io.relata.core.record.RecordWriter;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The engine with one tenant that makes its own entities, and with jobs that are worked on.
record LogicTenant(
        BenchDatabase database,
        Relata relata,
        ODataService odata,
        BackgroundWork work,
        ExecutorService threads,
        CallContext call)
        implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PORTION = 1_000;

    static LogicTenant start(Path folder, String name) throws Exception {
        BenchDatabase database = BenchDatabase.start(folder.toAbsolutePath(), name);
        UUID tenant = UUID.randomUUID();
        CallContext call = new CallContext(
                tenant,
                UUID.randomUUID(),
                Set.of(CallContext.ADMINISTRATOR),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "bench",
                Origin.API);
        database.createTenant(tenant, tenant.hashCode() & Integer.MAX_VALUE);
        database.execute(
                "insert into control.membership (tenant_id, user_id, kind, role, status, username, display_name, created_at)"
                        + " values ('%s', '%s', 'person', 'administrator', 'active', 'u', 'U', now())"
                                .formatted(tenant, call.user()));
        Relata relata = Relata.start(new Relata.Settings(
                new PooledConnections(database.application()),
                Clock.systemUTC(),
                database.plugins(),
                database.plugins().resolveSibling("files")));
        ODataService odata = new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofSeconds(60)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
        ExecutorService threads = Executors.newCachedThreadPool();
        BackgroundWork work = BackgroundWork.of(relata, odata, threads);
        work.jobs().start();
        return new LogicTenant(database, relata, odata, work, threads, call);
    }

    /// Makes an entity with a name and these fields.
    void define(String name, String members, String fields) {
        relata.metadata().createEntity(call, json("""
                {"name": "%s", "label": {"en": "%s"}, "pluralLabel": {"en": "%ss"}%s,
                 "fields": [{"name": "c_name", "type": "text", "label": {"en": "Name"}}%s]}
                """.formatted(name, name, name, members, fields)));
    }

    void add(String entity, String field) {
        relata.metadata().addField(call, entity, json(field));
    }

    /// Adds the field by a plan and waits until records have it; returns how long that took.
    double addAndFill(String entity, String field) throws InterruptedException {
        long begin = System.nanoTime();
        work.plans().addField(call, entity, json(field));
        for (UUID job : work.plans().newest(call, null, 1).getFirst().jobs()) {
            work.jobs().wake(call.tenant());
            Job done = work.jobs().find(call, job, null);
            while (done.state() == Job.State.QUEUED || done.state() == Job.State.RUNNING) {
                Thread.sleep(20);
                done = work.jobs().find(call, job, null);
            }
            if (done.state() != Job.State.DONE) {
                throw new IllegalStateException(done.toString());
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    /// Makes records in portions and returns their ids.
    List<UUID> make(String entity, int count, IntFunction<Map<String, @Nullable Object>> values) {
        List<UUID> ids = new ArrayList<>();
        RecordWriter writer = relata.writer();
        for (int from = 0; from < count; from += PORTION) {
            List<RecordInput> inputs = new ArrayList<>();
            for (int number = from; number < Math.min(count, from + PORTION); number++) {
                inputs.add(new RecordInput(null, null, values.apply(number), Form.JSON));
            }
            List<RecordResult> results = writer.transaction(call, tx -> writer.saveAll(tx, tx.entity(entity), inputs));
            results.forEach(
                    result -> ids.add(((RecordResult.Saved) result).data().id()));
        }
        return ids;
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
        work.close();
        threads.shutdownNow();
        relata.close();
        database.postgres().stop();
    }
}
