package io.relata.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.odata.ODataService;
import io.relata.core.plan.Plan;
import io.relata.core.plan.PlanService;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/// How long it takes to plan and apply solutions, and to load the snapshot of a tenant that nobody asked for before.
final class MetadataBench {

    private static final int LOADS = 7;

    private final BenchDatabase database;
    private final Relata relata;
    private final PlanService plans;

    private MetadataBench(BenchDatabase database) {
        this.database = database;
        this.relata = start();
        ODataService odata = new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofSeconds(10)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
        this.plans = BackgroundWork.of(relata, odata, task -> {}).plans();
    }

    private Relata start() {
        return Relata.start(new Relata.Settings(
                database.application(),
                Clock.systemUTC(),
                database.plugins(),
                database.plugins().resolveSibling("files")));
    }

    /// Takes the folder for the database.
    public static void main(String[] arguments) throws Exception {
        BenchDatabase database = BenchDatabase.start(Path.of(arguments[0]), "metadata");
        try {
            MetadataBench bench = new MetadataBench(database);
            System.out.println("| tenant | plan | apply | load of a cold snapshot |\n|---|---|---|---|");
            bench.run(5, 20);
            bench.run(60, 40);
            bench.run(1, 1_000);
            bench.run(500, 20);
            bench.relata.close();
        } finally {
            database.postgres().stop();
        }
    }

    private void run(int entities, int fields) {
        CallContext call = new CallContext(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Set.of(CallContext.ADMINISTRATOR),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "bench",
                Origin.API);
        ArrayNode changes = changes(entities, fields);
        long[] planned = new long[1];
        Plan plan = timed(planned, () -> plans.plan(call, "Bench", Edit.changes(changes)));
        long[] applied = new long[1];
        timed(applied, () -> plans.apply(call, plan.id()));
        long[] loads = new long[LOADS];
        for (int i = 0; i < LOADS; i++) {
            try (Relata cold = start()) {
                long[] one = new long[1];
                MetadataSnapshot snapshot = timed(one, () -> cold.metadata().snapshot(call.tenant()));
                if (snapshot.entities().size() != entities) {
                    throw new IllegalStateException(snapshot.entities().size() + " entities");
                }
                loads[i] = one[0];
            }
        }
        Arrays.sort(loads);
        System.out.printf(
                Locale.ENGLISH,
                "| %,d entities of %,d fields | %,d ms | %,d ms | %,d ms |%n",
                entities,
                fields,
                planned[0],
                applied[0],
                loads[LOADS / 2]);
    }

    private static <T> T timed(long[] millis, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        millis[0] = Duration.ofNanos(System.nanoTime() - start).toMillis();
        return result;
    }

    static ArrayNode changes(int entities, int fields) {
        List<String> types = List.of("text", "integer", "money", "date", "boolean", "longText");
        ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        for (int entity = 0; entity < entities; entity++) {
            ObjectNode change = changes.addObject().put("op", "add").put("component", "c_entity_" + entity);
            ObjectNode value = change.putObject("value");
            value.putObject("label").put("en", "Entity " + entity).put("zh-CN", "实体 " + entity);
            value.putObject("pluralLabel").put("en", "Entities " + entity).put("zh-CN", "实体 " + entity);
            ArrayNode all = value.putArray("fields");
            for (int field = 0; field < fields; field++) {
                all.addObject()
                        .put("name", "c_field_" + field)
                        .put("type", field == 0 ? "text" : types.get(field % types.size()))
                        .putObject("label")
                        .put("en", "Field " + field)
                        .put("zh-CN", "字段 " + field);
            }
        }
        return changes;
    }
}
