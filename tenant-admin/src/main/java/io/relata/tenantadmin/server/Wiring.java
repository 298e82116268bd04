package io.relata.tenantadmin.server;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.relata.tenantadmin.directory.Directory;
import io.relata.tenantadmin.directory.KeycloakDirectory;
import io.relata.tenantadmin.signin.AccessTokens;
import io.relata.tenantadmin.signin.MeResource.PlatformAddress;
import io.relata.tenantadmin.signin.OidcProvider;
import io.relata.tenantadmin.signin.Sessions;
import io.relata.tenantadmin.tenant.Changes;
import io.relata.tenantadmin.tenant.JtaTransactions;
import io.relata.tenantadmin.tenant.Members;
import io.relata.tenantadmin.tenant.Requests;
import io.relata.tenantadmin.tenant.ServiceAccountsResource.TokenEndpoint;
import io.relata.tenantadmin.tenant.Tenants;
import io.relata.tenantadmin.tenant.Transactions;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.UserTransaction;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/// Puts the parts together: the one place that knows all of them.
@Dependent
public class Wiring {
    private static final String PLATFORM_AUDIENCE = "relata-api";
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int MOST_KEY_BYTES = 256 * 1024;

    @PersistenceContext(unitName = "control")
    private EntityManager entityManager;

    @Resource
    private UserTransaction transaction;

    /// For the container, which injects the fields afterwards.
    @SuppressWarnings("NullAway.Init")
    protected Wiring() {}

    @Produces
    @Singleton
    Settings settings() {
        return Settings.of(System.getenv());
    }

    @Produces
    @Singleton
    Clock clock() {
        // As fine as the database keeps time, so that what is answered is what is read later.
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Transactions transactions() {
        return new JtaTransactions(entityManager, transaction);
    }

    @Produces
    @Singleton
    Directory directory(Settings settings) {
        return new KeycloakDirectory(new KeycloakDirectory.Access(
                settings.keycloakUrl().toString(),
                settings.realm(),
                settings.operatorClientId(),
                settings.operatorClientSecret(),
                PLATFORM_AUDIENCE));
    }

    void close(@Disposes Directory directory) {
        if (directory instanceof KeycloakDirectory keycloak) {
            keycloak.close();
        }
    }

    @Produces
    @Singleton
    AccessTokens accessTokens(Settings settings, Clock clock) throws MalformedURLException {
        URI keys = URI.create(settings.backchannel() + "/protocol/openid-connect/certs");
        JWKSource<SecurityContext> source = JWKSourceBuilder.create(
                        keys.toURL(), new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_KEY_BYTES))
                .retrying(true)
                .build();
        return new AccessTokens(settings.issuer().toString(), settings.operatorClientId(), source, clock);
    }

    @Produces
    @Singleton
    Sessions sessions(Settings settings, AccessTokens tokens, Clock clock) {
        OidcProvider provider = new OidcProvider(
                new OidcProvider.Registration(
                        settings.issuer(),
                        settings.backchannel(),
                        settings.operatorClientId(),
                        settings.operatorClientSecret(),
                        settings.publicUrl()),
                clock);
        return new Sessions(provider, tokens, clock);
    }

    @Produces
    @Singleton
    Requests requests(Settings settings) {
        return new Requests(settings.production());
    }

    @Produces
    @Singleton
    Changes changes(Transactions transactions, Directory directory, Clock clock) {
        return new Changes(transactions, directory, clock);
    }

    @Produces
    @Singleton
    Tenants tenants(
            Transactions transactions, Directory directory, Changes changes, RandomGenerator random, Clock clock) {
        return new Tenants(transactions, directory, changes, random, clock);
    }

    @Produces
    @Singleton
    Members members(
            Transactions transactions, Directory directory, Changes changes, RandomGenerator random, Clock clock) {
        return new Members(transactions, directory, changes, random, clock);
    }

    @Produces
    @Singleton
    TokenEndpoint tokenEndpoint(Settings settings) {
        return new TokenEndpoint(settings.issuer() + "/protocol/openid-connect/token");
    }

    @Produces
    @Singleton
    PlatformAddress platformAddress(Settings settings) {
        return new PlatformAddress(settings.platformUrl());
    }
}
