package io.relata.sales;

import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.bulk.BulkCall;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.ds.PGSimpleDataSource;

/// A process that works on jobs until it is killed.
final class JobProcess {

    static final String PASSWORD = "test-only";

    private JobProcess() {}

    static ODataService odata(Relata relata) {
        return new ODataService(
                relata.metadata()::snapshot,
                new RecordReader(relata.transactions(), Duration.ofSeconds(30)),
                relata.clock(),
                URI.create("http://localhost/api/v1/data/"));
    }

    /// Returns a member of the tenant.
    static CallContext member(UUID tenant, UUID user) {
        return new CallContext(
                tenant,
                user,
                Set.of(),
                Locale.ENGLISH,
                ZoneId.of("UTC"),
                Currency.getInstance("USD"),
                "process",
                Origin.API);
    }

    /// Makes as many accounts as one call may, and marks when some of them are written.
    static void bulk(Relata relata, CallContext context, Path mark) {
        relata.writer().transaction(context, tx -> {
            BulkCall bulk = new BulkCall(relata.writer(), tx, tx.entity("account"));
            for (int i = 0; i < BulkCall.MAX_ITEMS; i++) {
                bulk.add(Map.of(
                        "op", "upsert", "key", Map.of("number", "B" + i), "values", Map.of("name", "Bulk " + i)));
                if (i == BulkCall.MAX_ITEMS / 2) {
                    mark(mark);
                }
            }
            return bulk.finish(true);
        });
    }

    private static void mark(Path mark) {
        try {
            Files.createFile(mark);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(environment.get("URL"));
        database.setUser("relata_app");
        database.setPassword(PASSWORD);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Relata relata = Relata.start(new Relata.Settings(
                        database,
                        Clock.systemUTC(),
                        Path.of(environment.get("PLUGINS")),
                        Path.of(environment.get("FILES"))));
                BackgroundWork background = BackgroundWork.of(relata, odata(relata), threads)) {
            String tenant = environment.get("BULK_TENANT");
            if (tenant != null) {
                bulk(relata, member(UUID.fromString(tenant), UUID.randomUUID()), Path.of(environment.get("MARK")));
            }
            background.start();
            new CountDownLatch(1).await();
        }
    }
}
