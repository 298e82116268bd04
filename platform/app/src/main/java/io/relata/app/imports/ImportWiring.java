package io.relata.app.imports;

import io.relata.app.health.Opened;
import io.relata.core.Relata;
import io.relata.core.imports.ImportService;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Runs imports on the server's threads for as long as the application runs.
@ApplicationScoped
public class ImportWiring {

    // Set by the server, from server.xml.
    @SuppressWarnings("NullAway.Init")
    @Resource(lookup = "concurrent/relata")
    private ManagedExecutorService executor;

    @Produces
    @Singleton
    ImportService imports(Relata relata) {
        return new ImportService(
                relata.transactions(),
                relata.metadata(),
                relata.writer(),
                relata.files(),
                relata.ids(),
                relata.clock(),
                executor);
    }

    void stop(@Disposes ImportService imports) {
        imports.close();
    }

    /// Imports that an earlier process left unfinished go on as soon as the platform serves, asked or not.
    void start(@Observes Opened opened, ImportService imports) {
        imports.start();
    }
}
