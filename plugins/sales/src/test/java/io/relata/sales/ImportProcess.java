package io.relata.sales;

import io.relata.core.Relata;
import io.relata.core.imports.ImportService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.ds.PGSimpleDataSource;

/// A process that works on imports until it is killed.
final class ImportProcess {

    static final String PASSWORD = "test-only";

    private ImportProcess() {}

    static ImportService imports(Relata relata, ExecutorService threads) {
        return new ImportService(
                relata.transactions(),
                relata.metadata(),
                relata.writer(),
                relata.files(),
                relata.ids(),
                relata.clock(),
                threads);
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
                ImportService imports = imports(relata, threads)) {
            imports.start();
            new CountDownLatch(1).await();
        }
    }
}
