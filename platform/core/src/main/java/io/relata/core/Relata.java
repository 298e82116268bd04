package io.relata.core;

import io.relata.core.access.AccessSettings;
import io.relata.core.access.CallerAccess;
import io.relata.core.advice.QueryShapes;
import io.relata.core.audit.AuditRetention;
import io.relata.core.audit.AuditSeals;
import io.relata.core.audit.AuditTrail;
import io.relata.core.automation.AutomationDispatcher;
import io.relata.core.automation.Automations;
import io.relata.core.consent.ConsentPurposes;
import io.relata.core.consent.RecordConsents;
import io.relata.core.feed.ChangeFeed;
import io.relata.core.file.DiskStorage;
import io.relata.core.file.FileService;
import io.relata.core.id.Ids;
import io.relata.core.limit.Allowances;
import io.relata.core.limit.Meters;
import io.relata.core.metadata.MetadataService;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.notification.Notifications;
import io.relata.core.outgoing.Destinations;
import io.relata.core.outgoing.OutgoingClient;
import io.relata.core.plugin.PluginService;
import io.relata.core.query.NeighbourReader;
import io.relata.core.record.LegalHolds;
import io.relata.core.record.Purge;
import io.relata.core.record.RecordAssignment;
import io.relata.core.record.RecordCount;
import io.relata.core.record.RecordHistory;
import io.relata.core.record.RecordKeys;
import io.relata.core.record.RecordSharing;
import io.relata.core.record.RecordWriter;
import io.relata.core.replay.RequestAnswers;
import io.relata.core.search.SearchIndex;
import io.relata.core.shortcut.Shortcuts;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.Turns;
import io.relata.core.tenant.UsageReporter;
import io.relata.core.vault.MasterKeys;
import io.relata.core.vault.Vault;
import io.relata.core.view.SavedReports;
import io.relata.core.view.SavedViews;
import io.relata.core.webhook.WebhookDispatcher;
import io.relata.core.webhook.Webhooks;
import io.relata.spi.CallContext;
import io.relata.spi.Platform;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine put together: one per process. Whoever runs it gives it a database, a clock and two folders.
public final class Relata implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relata.class);
    private static final long REPORT_SECONDS = 5;
    private static final long CLEAR_MINUTES = 30;
    private static final long SEAL_SECONDS = 60;

    private final Settings settings;
    private final Ids ids;
    private final Meters meters;
    private final TenantTransaction transactions;
    private final PluginService plugins;
    private final MetadataService metadata;
    private final UsageReporter usage;
    private final RecordWriter writer;
    private final RecordHistory history;
    private final RecordKeys keys;
    private final RequestAnswers answers;
    private final SavedViews views;
    private final SavedReports reports;
    private final Shortcuts shortcuts;
    private final ChangeFeed feed;
    private final AccessSettings access;
    private final RecordSharing sharing;
    private final RecordAssignment assignment;
    private final FileService files;
    private final Housekeeping clearing;
    private final Vault vault;
    private final QueryShapes shapes;
    private final ScheduledExecutorService housekeeping;
    private final ScheduledFuture<?> reporting;
    private final ScheduledFuture<?> clearings;
    private final AuditTrail trail;
    private final AuditSeals seals;
    private final Purge purge;
    private final AuditRetention retention;
    private final OutgoingClient outgoing;
    private final Webhooks webhooks;
    private final Notifications notifications;
    private final Automations automations;
    private final ScheduledFuture<?> sealing;

    /// What the engine needs from outside.
    ///
    /// @param plugins the folder with the plugin jars
    /// @param files    the folder for tenants' files
    /// @param masters  the keys for what tenants have stored encrypted
    /// @param outgoing where requests may go that tenants have sent
    public record Settings(
            DataSource database, Clock clock, Path plugins, Path files, MasterKeys masters, Destinations outgoing) {

        /// Settings for tests and tools, with a master key that everybody knows.
        public Settings(DataSource database, Clock clock, Path plugins, Path files) {
            this(database, clock, plugins, files, MasterKeys.development(), new Destinations(List.of()));
        }
    }

    private Relata(Settings settings) {
        this.settings = settings;
        Clock clock = settings.clock();
        this.ids = new Ids(clock);
        this.vault = new Vault(settings.masters());
        this.meters = new Meters(new Allowances(settings.database(), clock));
        this.transactions = new TenantTransaction(settings.database(), Turns.forThisMachine(meters));
        this.plugins = PluginService.start(settings.plugins(), new ForPlugins(clock));
        this.trail = new AuditTrail(ids, clock);
        this.metadata = new MetadataService(transactions, plugins, trail, ids, clock);
        this.usage = new UsageReporter(transactions, new RecordCount(transactions, metadata), clock);
        this.writer = new RecordWriter(
                transactions,
                metadata,
                plugins,
                trail,
                new SearchIndex(),
                usage,
                ids,
                new NeighbourReader(),
                vault,
                clock);
        this.history = new RecordHistory(transactions, metadata);
        this.keys = new RecordKeys(transactions);
        this.answers = new RequestAnswers(clock);
        this.views = new SavedViews(transactions, ids, clock);
        this.reports = new SavedReports(transactions, ids, clock);
        this.shortcuts = new Shortcuts(transactions, metadata, clock);
        this.feed = new ChangeFeed(transactions, clock);
        this.access = new AccessSettings(transactions, metadata, trail, clock);
        this.sharing = new RecordSharing(trail, clock);
        this.assignment = new RecordAssignment(trail, clock);
        this.files = new FileService(transactions, new DiskStorage(settings.files()), clock);
        this.shapes = new QueryShapes(transactions, clock);
        this.seals = new AuditSeals(transactions, clock);
        this.purge = new Purge(transactions, metadata, clock);
        this.retention = new AuditRetention(transactions, trail, clock);
        this.outgoing = new OutgoingClient(settings.outgoing());
        this.webhooks = new Webhooks(webhookParts());
        this.notifications = new Notifications(transactions, metadata::snapshot, ids, clock);
        this.automations = new Automations(automationParts());
        this.clearing = new Housekeeping(
                transactions,
                feed,
                List.of(
                        feed::purge,
                        answers::purge,
                        webhooks.deliveries()::purge,
                        automations.runs()::purge,
                        notifications::purge),
                files,
                purge,
                retention,
                clock);
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("relata-housekeeping").factory());
        UsageReporter reporter = usage;
        QueryShapes counted = shapes;
        this.reporting = housekeeping.scheduleWithFixedDelay(
                () -> report(reporter, counted), REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
        Housekeeping hourly = clearing;
        this.clearings = housekeeping.scheduleWithFixedDelay(
                () -> clear(hourly), CLEAR_MINUTES, CLEAR_MINUTES, TimeUnit.MINUTES);
        AuditSeals sealer = seals;
        this.sealing =
                housekeeping.scheduleWithFixedDelay(() -> seal(sealer), SEAL_SECONDS, SEAL_SECONDS, TimeUnit.SECONDS);
    }

    /// Starts the engine on a migrated database.
    public static Relata start(Settings settings) {
        return new Relata(settings);
    }

    private record ForPlugins(Clock clock) implements Platform {}

    public Clock clock() {
        return settings.clock();
    }

    public Path files() {
        return settings.files();
    }

    public Ids ids() {
        return ids;
    }

    public TenantTransaction transactions() {
        return transactions;
    }

    /// Returns what counts how much tenants ask for.
    public Meters meters() {
        return meters;
    }

    public PluginService plugins() {
        return plugins;
    }

    public MetadataService metadata() {
        return metadata;
    }

    /// Returns the tenant's metadata as the caller sees it.
    public MetadataSnapshot seen(CallContext context) {
        return CallerAccess.of(transactions, context).seen(metadata.snapshot(context.tenant()));
    }

    public RecordWriter writer() {
        return writer;
    }

    public RecordHistory history() {
        return history;
    }

    public RecordKeys keys() {
        return keys;
    }

    public RequestAnswers answers() {
        return answers;
    }

    public SavedViews views() {
        return views;
    }

    public SavedReports reports() {
        return reports;
    }

    public Shortcuts shortcuts() {
        return shortcuts;
    }

    public AccessSettings access() {
        return access;
    }

    public RecordSharing sharing() {
        return sharing;
    }

    public AuditTrail trail() {
        return trail;
    }

    public RecordAssignment assignment() {
        return assignment;
    }

    /// Returns what seals the audit trail.
    public AuditSeals seals() {
        return seals;
    }

    /// Returns what takes old entries of the audit trail away.
    public AuditRetention retention() {
        return retention;
    }

    /// Returns what keeps records from going.
    public LegalHolds holds() {
        return new LegalHolds(trail, settings.clock());
    }

    /// Returns what people are asked to agree to.
    public ConsentPurposes consentPurposes() {
        return new ConsentPurposes(transactions, trail, ids, settings.clock());
    }

    /// Returns what persons have agreed to.
    public RecordConsents consents() {
        return new RecordConsents(trail, ids, settings.clock());
    }

    /// Returns what takes deleted records away for good.
    public Purge purge() {
        return purge;
    }

    public ChangeFeed feed() {
        return feed;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    /// Returns the way out to addresses that tenants name.
    public OutgoingClient outgoing() {
        return outgoing;
    }

    /// Returns what tells webhooks what has happened, for whoever starts it.
    public WebhookDispatcher dispatcher() {
        return new WebhookDispatcher(webhookParts());
    }

    public Automations automations() {
        return automations;
    }

    public Notifications notifications() {
        return notifications;
    }

    /// Returns what gives automations their turns, for whoever starts it.
    public AutomationDispatcher automationDispatcher() {
        return new AutomationDispatcher(automationParts());
    }

    private Automations.Parts automationParts() {
        return new Automations.Parts(
                transactions, metadata::snapshot, writer, assignment, notifications, trail, ids, settings.clock());
    }

    private Webhooks.Parts webhookParts() {
        return new Webhooks.Parts(transactions, metadata::snapshot, trail, vault, outgoing, ids, settings.clock());
    }

    /// Returns what counts queries that no index serves.
    public QueryShapes shapes() {
        return shapes;
    }

    /// Returns what seals and opens encrypted fields.
    public Vault vault() {
        return vault;
    }

    public FileService fileService() {
        return files;
    }

    /// Removes what has been kept long enough. Done by itself now and then.
    public void clear() {
        clearing.clear();
    }

    public UsageReporter usage() {
        return usage;
    }

    @Override
    public void close() {
        reporting.cancel(true);
        clearings.cancel(true);
        sealing.cancel(true);
        housekeeping.shutdownNow();
        outgoing.close();
        plugins.close();
    }

    /// A failure must not end the schedule.
    private static void report(UsageReporter reporter, QueryShapes shapes) {
        try {
            reporter.report();
            shapes.flush();
        } catch (RuntimeException exception) {
            LOG.error("Usage could not be reported", exception);
        }
    }

    private static void seal(AuditSeals seals) {
        try {
            seals.sealAll();
        } catch (RuntimeException exception) {
            LOG.error("What happened could not be sealed", exception);
        }
    }

    private static void clear(Housekeeping clearing) {
        try {
            clearing.clear();
        } catch (RuntimeException exception) {
            LOG.error("What has been kept long enough could not be removed", exception);
        }
    }
}
