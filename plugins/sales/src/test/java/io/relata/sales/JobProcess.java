package io.relata.sales;

import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.query.RecordReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
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
            background.start();
            new CountDownLatch(1).await();
        }
    }
}
