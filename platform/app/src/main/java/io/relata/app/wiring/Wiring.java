package io.relata.app.wiring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.relata.app.health.Opened;
import io.relata.app.health.Readiness;
import io.relata.app.identity.Admission;
import io.relata.app.identity.BearerTokens;
import io.relata.app.identity.SameSite;
import io.relata.app.identity.SigningKeys;
import io.relata.app.identity.TokenVerifier;
import io.relata.app.identity.TokenVerifier.Purpose;
import io.relata.app.metadata.RenderedMetadata;
import io.relata.app.openapi.OpenApiDocuments;
import io.relata.app.signin.SignInParts;
import io.relata.app.signin.SignInTrail;
import io.relata.app.ui.SecurityHeaders;
import io.relata.app.ui.WebUi;
import io.relata.core.BackgroundWork;
import io.relata.core.Relata;
import io.relata.core.odata.ODataService;
import io.relata.core.odata.TenantLimits;
import io.relata.core.query.RecordReader;
import io.relata.core.search.GlobalSearch;
import io.relata.core.session.WebSessions;
import io.relata.core.tenant.DatabaseRole;
import io.relata.core.tenant.TenantDirectory;
import io.relata.core.tenant.TenantTransaction;
import io.relata.core.tenant.UserPreferences;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/// The one place where the application is put together: everything else gets its parts through a constructor.
@ApplicationScoped
public class Wiring {

    private static final String API_AUDIENCE = "relata-api";

    /// A token with a made-up key name makes us ask Keycloak for its keys, but not more often than this.
    private static final Duration KEY_REFRESH = Duration.ofSeconds(15);

    /// How long a search may take before it is given up.
    private static final Duration SEARCH_PATIENCE = Duration.ofSeconds(15);

    // Set by the server, from server.xml.
    @SuppressWarnings("NullAway.Init")
    @Resource(lookup = "jdbc/relata", shareable = false)
    private DataSource dataSource;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Settings settings() {
        return Settings.of(System.getenv());
    }

    @Produces
    @Singleton
    Readiness readiness(Clock clock, Instance<Relata> relata, Event<Opened> opened) {
        return new Readiness(
                System.getenv(),
                new DatabaseRole(dataSource),
                () -> pluginFaults(relata.get()),
                () -> opened.fire(new Opened()),
                clock);
    }

    private static List<String> pluginFaults(Relata relata) {
        return relata.plugins().plugins().stream()
                .filter(plugin -> !plugin.works())
                .map(plugin -> "Plugin " + plugin.id() + " does not work: " + plugin.problem())
                .toList();
    }

    /// Needed even to refuse, so it does not insist on usable settings.
    @Produces
    @Singleton
    SecurityHeaders securityHeaders() {
        try {
            Settings settings = settings();
            URI issuer = settings.issuer();
            return new SecurityHeaders(issuer.getScheme() + "://" + issuer.getRawAuthority(), settings.secure());
        } catch (UnusableSettingsException unusable) {
            return new SecurityHeaders("", false);
        }
    }

    @Produces
    @Singleton
    WebUi webUi() {
        return new WebUi();
    }

    @Produces
    @Singleton
    Relata relata(Settings settings, Clock clock) {
        return Relata.start(new Relata.Settings(
                dataSource,
                clock,
                settings.pluginsDir(),
                settings.filesDir(),
                settings.masterKeys(),
                settings.outgoing()));
    }

    void stop(@Disposes Relata relata) {
        relata.close();
    }

    @Produces
    @Singleton
    ODataService odata(Relata relata, Settings settings, Clock clock) {
        TenantLimits limits = new TenantLimits(dataSource, clock);
        return new ODataService(
                relata.metadata()::snapshot,
                limits,
                new RecordReader(
                                relata.transactions(),
                                tenant -> limits.apply(tenant).patience())
                        .opening(relata.vault())
                        .watched(relata.shapes()),
                clock,
                URI.create(settings.page("/api/v1/data/")));
    }

    @Produces
    @Singleton
    GlobalSearch search(Relata relata, BackgroundWork background) {
        return new GlobalSearch(
                relata.transactions(), relata.metadata()::snapshot, background.search(), SEARCH_PATIENCE);
    }

    @Produces
    @Singleton
    RenderedMetadata renderedMetadata() {
        return new RenderedMetadata();
    }

    @Produces
    @Singleton
    OpenApiDocuments openApi(Settings settings) {
        return new OpenApiDocuments(settings);
    }

    @Produces
    @Singleton
    TenantTransaction transaction(Relata relata) {
        return relata.transactions();
    }

    @Produces
    @Singleton
    TenantDirectory directory(Clock clock) {
        return new TenantDirectory(dataSource, clock);
    }

    @Produces
    @Singleton
    UserPreferences preferences(TenantTransaction transaction, Clock clock) {
        return new UserPreferences(transaction, clock);
    }

    @Produces
    @Singleton
    WebSessions sessions(TenantTransaction transaction, Clock clock) {
        return new WebSessions(transaction, clock);
    }

    @Produces
    @Singleton
    Admission admission(TenantDirectory directory, UserPreferences preferences) {
        return new Admission(directory, preferences);
    }

    @Produces
    @Singleton
    SameSite sameSite(Settings settings) {
        return new SameSite(settings);
    }

    @Produces
    @Singleton
    JWKSource<SecurityContext> keys(Settings settings) {
        return SigningKeys.at(settings.realm("/protocol/openid-connect/certs"), KEY_REFRESH);
    }

    @Produces
    @Singleton
    BearerTokens bearerTokens(Settings settings, JWKSource<SecurityContext> keys, Clock clock) {
        return new BearerTokens(
                new TokenVerifier(Purpose.ACCESS, keys, settings.issuer().toString(), API_AUDIENCE, clock), clock);
    }

    @Produces
    @Singleton
    SignInParts signIn(
            Settings settings,
            JWKSource<SecurityContext> keys,
            Admission admission,
            SameSite sameSite,
            WebSessions sessions,
            TenantDirectory directory,
            Relata relata,
            Clock clock) {
        String issuer = settings.issuer().toString();
        return new SignInParts(
                settings,
                new TokenVerifier(Purpose.IDENTITY, keys, issuer, settings.webClientId(), clock),
                new TokenVerifier(Purpose.LOGOUT, keys, issuer, settings.webClientId(), clock),
                admission,
                sameSite,
                sessions,
                directory,
                new SignInTrail(relata.transactions(), relata.trail(), directory),
                clock);
    }
}
