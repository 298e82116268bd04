package io.relata.app.jobs;

import io.relata.app.health.Opened;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.imports.ImportService;
import io.relata.core.odata.ODataService;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Runs jobs on the server's threads for as long as the application runs.
@ApplicationScoped
public class JobWiring {

    // Set by the server, from server.xml.
    @SuppressWarnings("NullAway.Init")
    @Resource(lookup = "concurrent/relata")
    private ManagedExecutorService executor;

    @Produces
    @Singleton
    BackgroundWork background(Relata relata, ODataService odata) {
        return BackgroundWork.of(relata, odata, executor);
    }

    void stop(@Disposes BackgroundWork background) {
        background.close();
    }

    @Produces
    @Singleton
    ImportService imports(BackgroundWork background) {
        return background.imports();
    }

    /// Jobs that an earlier process left unfinished go on as soon as the platform serves, asked or not.
    void start(@Observes Opened opened, BackgroundWork background) {
        background.start();
    }
}
