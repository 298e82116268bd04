package io.relata.tenantadmin.server;

import io.relata.tenantadmin.signin.Sessions;
import io.relata.tenantadmin.signin.SignInServlet;
import io.relata.tenantadmin.tenant.Changes;
import io.relata.tenantadmin.tenant.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Checks the settings, registers what answers outside the REST API, and clears what a crash left behind.
@WebListener
public class StartUp implements ServletContextListener {
    private static final Logger LOG = Logger.getLogger(StartUp.class.getName());
    private static final long SECONDS_BETWEEN_CLEARING = 60;

    @Inject
    private Settings settings;

    @Inject
    private Sessions sessions;

    @Inject
    private Transactions transactions;

    @Inject
    private Changes changes;

    @Resource
    private ManagedScheduledExecutorService executor;

    private @Nullable ScheduledFuture<?> clearing;

    /// For the container, which injects the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    public StartUp() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        context.addFilter("headers", new SecurityHeaders(settings.isHttps()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
        context.addServlet("sign-in", new SignInServlet(sessions, settings.isHttps()))
                .addMapping("/auth/*");
        context.addServlet("health", new HealthServlet(transactions)).addMapping("/health");
        context.addServlet("error", new ErrorServlet()).addMapping("/error");
        context.addServlet("page", new PageServlet()).addMapping("/tenants/*");
        clearing = executor.scheduleWithFixedDelay(this::clearAbandoned, 0, SECONDS_BETWEEN_CLEARING, TimeUnit.SECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (clearing != null) {
            clearing.cancel(false);
        }
    }

    /// A failure must not end the schedule.
    private void clearAbandoned() {
        try {
            changes.clearAbandoned();
        } catch (RuntimeException tryAgainLater) {
            LOG.log(Level.WARNING, "Unfinished changes could not be looked at", tryAgainLater);
        }
    }
}
