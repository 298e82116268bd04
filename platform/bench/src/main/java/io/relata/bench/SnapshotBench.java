package io.relata.bench;

import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.metadata.Edit;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.odata.ODataService;
import io.relata.core.plan.PlanService;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// What the snapshots of very many tenants do to a small heap: each is asked for in turn, and what is alive is looked
/// at
/// meanwhile. To be run with a heap as small as the server's.
final class SnapshotBench {

    private static final int STEP = 100;

    private final BenchDatabase database;
    private final Relata relata;

    private SnapshotBench(BenchDatabase database) {
        this.database = database;
        this.relata = Relata.start(new Relata.Settings(
                database.application(),
                Clock.systemUTC(),
                database.plugins(),
                database.plugins().resolveSibling("files")));
    }

    /// Takes the folder for the database.
    public static void main(String[] arguments) throws Exception {
        BenchDatabase database = BenchDatabase.start(Path.of(arguments[0]).toAbsolutePath(), "snapshots");
        try {
            SnapshotBench bench = new SnapshotBench(database);
            System.out.printf(
                    Locale.ROOT,
                    "Heap of at most %d MB%n| tenants | of each | alive after all, MB | at most meanwhile | load of one |%n"
                            + "|---|---|---|---|---|%n",
                    Runtime.getRuntime().maxMemory() >> 20);
            bench.run(5_000, 5, 20);
            bench.run(400, 60, 40);
            bench.relata.close();
        } finally {
            database.postgres().stop();
        }
    }

    private void run(int tenants, int entities, int fields) throws Exception {
        int first = 100_000 * entities;
        prepare(first, tenants, entities, fields);
        long most = 0;
        long begin = System.nanoTime();
        for (int number = 0; number < tenants; number++) {
            MetadataSnapshot snapshot = relata.metadata().snapshot(Load.tenant(first + number));
            if (snapshot.entities().size() < entities) {
                throw new IllegalStateException(snapshot.entities().size() + " entities");
            }
            if (number % STEP == STEP - 1) {
                most = Math.max(most, alive());
            }
        }
        double each = (System.nanoTime() - begin) / 1e6 / tenants;
        System.out.printf(
                Locale.ROOT,
                "| %,d | %d entities of %d fields | %d | %d | %.1f ms |%n",
                tenants,
                entities,
                fields,
                alive() >> 20,
                most >> 20,
                each);
    }

    private static long alive() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// One tenant gets its entities by a plan, the others copies of them.
    private void prepare(int first, int tenants, int entities, int fields) throws Exception {
        UUID model = Load.tenant(first);
        if (!database.column("select id from control.tenant where id = '" + model + "'")
                .isEmpty()) {
            return;
        }
        for (int number = 0; number < tenants; number++) {
            database.createTenant(Load.tenant(first + number), first + number);
        }
        ODataService odata = new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofSeconds(10)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
        PlanService plans = BackgroundWork.of(relata, odata, task -> {}).plans();
        CallContext call = administrator(model);
        plans.apply(
                call,
                plans.plan(call, "Bench", Edit.changes(MetadataBench.changes(entities, fields)))
                        .id());
        database.execute(
                "insert into relata.entity_definition (tenant_id, id, name, definition, created_at, updated_at)"
                        + " select t.id, d.id, d.name, d.definition, d.created_at, d.updated_at"
                        + " from relata.entity_definition d, control.tenant t where d.tenant_id = '%1$s' and t.id <> '%1$s'"
                                .formatted(model)
                        + between(first, tenants));
        database.execute("insert into relata.metadata_version (tenant_id, version) select t.id, 1 from control.tenant t"
                + " where t.id <> '%s'".formatted(model) + between(first, tenants));
        database.execute("vacuum analyze relata.entity_definition");
    }

    private static String between(int first, int tenants) {
        return " and t.id between '%s' and '%s'".formatted(Load.tenant(first), Load.tenant(first + tenants - 1));
    }

    private static CallContext administrator(UUID tenant) {
        return new CallContext(
                tenant,
                Load.tenant(1),
                Set.of(CallContext.ADMINISTRATOR),
                Locale.ENGLISH,
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "bench",
                Origin.API);
    }
}
