package io.relata.app;

import io.relata.app.access.AccessResource;
import io.relata.app.access.SharingResource;
import io.relata.app.audit.AuditResource;
import io.relata.app.audit.DeletedResource;
import io.relata.app.automation.AutomationsResource;
import io.relata.app.batch.BatchResource;
import io.relata.app.file.FilesResource;
import io.relata.app.identity.AuthenticationFilter;
import io.relata.app.imports.ImportsResource;
import io.relata.app.jobs.JobsResource;
import io.relata.app.json.JsonBodyWriter;
import io.relata.app.limit.LimitFilter;
import io.relata.app.limit.LimitsResource;
import io.relata.app.me.MeResource;
import io.relata.app.me.UsersResource;
import io.relata.app.metadata.MetadataResource;
import io.relata.app.metadata.PlansResource;
import io.relata.app.metadata.TrialsResource;
import io.relata.app.notification.NotificationsResource;
import io.relata.app.openapi.OpenApiResource;
import io.relata.app.privacy.ConsentPurposesResource;
import io.relata.app.privacy.ConsentsResource;
import io.relata.app.privacy.HoldResource;
import io.relata.app.privacy.PersonsResource;
import io.relata.app.problem.ProblemMapper;
import io.relata.app.rate.RatesResource;
import io.relata.app.record.ChangesResource;
import io.relata.app.record.HistoryResource;
import io.relata.app.record.ODataRequests;
import io.relata.app.record.RecordResource;
import io.relata.app.search.SearchResource;
import io.relata.app.shortcut.ShortcutsResource;
import io.relata.app.signin.SessionsResource;
import io.relata.app.view.ReportsResource;
import io.relata.app.view.ViewsResource;
import io.relata.app.webhook.WebhooksResource;
import io.relata.app.write.IdempotencyFilter;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/// The API: what only admitted callers reach. Its list of classes is the list of its routes.
@ApplicationPath("/api/v1")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AuthenticationFilter.class,
                LimitFilter.class,
                ODataRequests.class,
                IdempotencyFilter.class,
                ProblemMapper.class,
                JsonBodyWriter.class,
                MeResource.class,
                SessionsResource.class,
                LimitsResource.class,
                UsersResource.class,
                MetadataResource.class,
                PlansResource.class,
                TrialsResource.class,
                OpenApiResource.class,
                RecordResource.class,
                HistoryResource.class,
                AuditResource.class,
                PersonsResource.class,
                HoldResource.class,
                ConsentPurposesResource.class,
                ConsentsResource.class,
                DeletedResource.class,
                AccessResource.class,
                SharingResource.class,
                ReportsResource.class,
                ViewsResource.class,
                ShortcutsResource.class,
                ImportsResource.class,
                JobsResource.class,
                RatesResource.class,
                WebhooksResource.class,
                AutomationsResource.class,
                NotificationsResource.class,
                FilesResource.class,
                BatchResource.class,
                ChangesResource.class,
                SearchResource.class);
    }
}
