package io.relata.core;

import io.relata.core.audit.AuditErasure;
import io.relata.core.automation.AutomationDispatcher;
import io.relata.core.bulk.SetJobs;
import io.relata.core.bulk.SetKind;
import io.relata.core.bulk.UndoJobs;
import io.relata.core.bulk.UndoKind;
import io.relata.core.export.ExportKind;
import io.relata.core.export.ExportService;
import io.relata.core.imports.ImportKind;
import io.relata.core.imports.ImportService;
import io.relata.core.job.JobKind;
import io.relata.core.job.JobService;
import io.relata.core.odata.ODataService;
import io.relata.core.plan.Asked;
import io.relata.core.plan.ClaimKind;
import io.relata.core.plan.PlanService;
import io.relata.core.plan.PurgeEntityKind;
import io.relata.core.plan.PurgeKind;
import io.relata.core.plan.ReshapeKind;
import io.relata.core.privacy.EraseKind;
import io.relata.core.privacy.Erasing;
import io.relata.core.privacy.FindKind;
import io.relata.core.privacy.PackageKind;
import io.relata.core.privacy.PersonRequests;
import io.relata.core.query.RecordReader;
import io.relata.core.rollup.RollUpJobs;
import io.relata.core.rollup.RollUpKind;
import io.relata.core.rotation.RotationJobs;
import io.relata.core.rotation.RotationKind;
import io.relata.core.search.FileIndexing;
import io.relata.core.search.SearchKind;
import io.relata.core.search.SearchUpkeep;
import io.relata.core.webhook.WebhookDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/// What the engine does in the background, put together: one engine of jobs, and what takes them on.
public record BackgroundWork(
        JobService jobs,
        ImportService imports,
        SetJobs sets,
        UndoJobs undo,
        ExportService exports,
        RollUpJobs rollUps,
        RotationJobs rotation,
        SearchUpkeep search,
        FileIndexing files,
        PlanService plans,
        PersonRequests persons,
        WebhookDispatcher webhooks,
        AutomationDispatcher automations,
        Executor executor)
        implements AutoCloseable {

    /// How long it may take to count the records of a job before it is taken on.
    private static final Duration COUNTING = Duration.ofSeconds(3);

    /// Puts it together for an engine.
    ///
    /// @param executor where the work is done; takes a handful of long tasks
    public static BackgroundWork of(Relata relata, ODataService odata, Executor executor) {
        RecordReader reader = new RecordReader(relata.transactions(), COUNTING);
        JobService jobs =
                new JobService(relata.transactions(), kinds(relata, odata), relata.ids(), relata.clock(), executor);
        SearchUpkeep search =
                new SearchUpkeep(relata.transactions(), relata.metadata()::snapshot, jobs, relata.clock());
        relata.metadata().whenChanged(search::ensure);
        RollUpJobs rollUps = new RollUpJobs(jobs);
        return new BackgroundWork(
                jobs,
                new ImportService(jobs, relata::seen, relata.files(), relata.clock()),
                new SetJobs(jobs, odata, reader),
                new UndoJobs(jobs, relata.clock()),
                new ExportService(
                        jobs,
                        relata.metadata(),
                        odata,
                        reader,
                        relata.trail(),
                        relata.files(),
                        relata.meters()::allowance,
                        relata.clock()),
                rollUps,
                new RotationJobs(jobs),
                search,
                new FileIndexing(
                        relata.transactions(), relata.fileService(), relata.metadata()::snapshot, relata.writer()),
                new PlanService(
                        relata.metadata(),
                        jobs,
                        rollUps,
                        new Asked(odata, relata.views(), relata.reports(), jobs, relata.clock()),
                        relata.vault(),
                        relata.clock()),
                new PersonRequests(
                        relata.transactions(),
                        relata.metadata(),
                        jobs,
                        relata.trail(),
                        relata.vault(),
                        relata.files(),
                        relata.clock()),
                relata.dispatcher(),
                relata.automationDispatcher(),
                executor);
    }

    /// Returns all sorts of work there are.
    public static List<JobKind> kinds(Relata relata, ODataService odata) {
        List<JobKind> kinds = new ArrayList<>();
        kinds.add(new ImportKind(relata::seen, relata.writer(), relata.files()));
        kinds.add(new ExportKind(relata.metadata(), odata, relata.files(), relata.vault()));
        kinds.add(new SearchKind(relata.metadata()::snapshot, relata.writer()));
        kinds.add(new ReshapeKind(relata.metadata()));
        kinds.add(new ClaimKind(relata.metadata()));
        kinds.add(new PurgeKind(relata.metadata(), relata.clock()));
        kinds.add(new PurgeEntityKind(relata.metadata(), relata.clock()));
        kinds.add(new RotationKind(relata.metadata(), relata.vault(), relata.clock()));
        kinds.addAll(SetKind.all(relata.metadata(), odata, relata.writer()));
        kinds.add(new UndoKind(relata.metadata(), relata.writer()));
        kinds.add(new FindKind(relata.metadata(), relata.vault()));
        kinds.add(new EraseKind(
                relata.metadata(),
                relata.writer(),
                new Erasing.Tools(
                        relata.writer(),
                        relata.trail(),
                        new AuditErasure(relata.ids(), relata.clock()),
                        relata.fileService(),
                        relata.vault(),
                        relata.files(),
                        relata.clock())));
        kinds.add(new PackageKind(relata.metadata(), relata.fileService(), relata.vault(), relata.files()));
        kinds.addAll(RollUpKind.all(relata.metadata(), relata.writer()));
        return kinds;
    }

    /// Begins to work.
    public void start() {
        jobs.start();
        executor.execute(search::ensureAll);
        executor.execute(files::run);
        webhooks.start();
        automations.start();
    }

    @Override
    public void close() {
        automations.close();
        webhooks.close();
        files.close();
        jobs.close();
    }
}
