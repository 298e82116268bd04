package io.relata.core.session;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.relata.core.tenant.TenantDirectory;
import io.relata.core.tenant.TenantTransaction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// Opens, finds and ends browsers' sign-ins.
///
/// A session ends after [#LIFETIME], after [#IDLE] without a request, or when it is told to. On the node that
/// ends it, it is gone at once; on others within [TenantDirectory#FRESHNESS].
public final class WebSessions {

    /// How long a session lasts at most.
    public static final Duration LIFETIME = Duration.ofHours(12);

    /// How long a session lasts without a request.
    public static final Duration IDLE = Duration.ofHours(2);

    /// How exactly the last use is known; a write for every request would buy nothing.
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(1);

    private static final int SECRET_BYTES = 32;
    private static final int KEPT = 100_000;
    private static final int LISTED = 200;

    private static final Table<Record> SESSION = table(name("relata", "web_session"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<byte[]> SECRET_HASH = field(name("secret_hash"), byte[].class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> CSRF_TOKEN = field(name("csrf_token"), String.class);
    private static final Field<String> ID_TOKEN = field(name("id_token"), String.class);
    private static final Field<String> KEYCLOAK_SID = field(name("keycloak_sid"), String.class);
    private static final Field<String> ADDRESS = field(name("address"), String.class);
    private static final Field<String> AGENT = field(name("agent"), String.class);
    private static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> LAST_USED_AT = field(name("last_used_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> EXPIRES_AT = field(name("expires_at"), OffsetDateTime.class);

    private final TenantTransaction transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<SessionCookie, Optional<WebSession>> known;

    /// A new session and the cookie that opens it; the cookie is known to nobody else.
    public record Opened(WebSession session, String cookie) {}

    public WebSessions(TenantTransaction transaction, Clock clock) {
        this.transaction = transaction;
        this.clock = clock;
        known = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(TenantDirectory.FRESHNESS)
                .maximumSize(KEPT)
                .build();
    }

    /// Opens a session.
    ///
    /// @param keycloakSid the identity provider's name for its own session; with it that session can end this one
    public Opened open(UUID tenant, UUID user, String idToken, @Nullable String keycloakSid, Device device) {
        SessionCookie cookie = new SessionCookie(tenant, secret());
        WebSession session = new WebSession(UUID.randomUUID(), tenant, user, secret(), idToken);
        OffsetDateTime now = at(clock.instant());
        transaction.call(tenant, sql -> {
            sql.deleteFrom(SESSION)
                    .where(TENANT.eq(tenant).and(over(clock.instant())))
                    .execute();
            return sql.insertInto(SESSION)
                    .set(TENANT, tenant)
                    .set(ID, session.id())
                    .set(SECRET_HASH, cookie.secretHash())
                    .set(USER, user)
                    .set(CSRF_TOKEN, session.csrfToken())
                    .set(ID_TOKEN, idToken)
                    .set(KEYCLOAK_SID, keycloakSid)
                    .set(ADDRESS, device.address())
                    .set(AGENT, device.agent())
                    .set(CREATED_AT, now)
                    .set(LAST_USED_AT, now)
                    .set(EXPIRES_AT, now.plus(LIFETIME))
                    .execute();
        });
        return new Opened(session, cookie.value());
    }

    /// Returns the session the cookie opens, and notes that it is in use.
    public Optional<WebSession> find(String cookie) {
        return SessionCookie.parse(cookie).flatMap(parsed -> known.get(parsed, this::read));
    }

    /// Ends the session the cookie opens.
    public void end(String cookie) {
        SessionCookie.parse(cookie).ifPresent(parsed -> {
            transaction.call(
                    parsed.tenant(),
                    sql -> sql.deleteFrom(SESSION).where(isSession(parsed)).execute());
            known.invalidate(parsed);
        });
    }

    /// Ends a user's sessions in a tenant.
    ///
    /// @param keycloakSid only those that came from this session of the identity provider; `null`: all
    public void endAll(UUID tenant, UUID user, @Nullable String keycloakSid) {
        Condition from = keycloakSid == null ? noCondition() : KEYCLOAK_SID.eq(keycloakSid);
        transaction.call(
                tenant,
                sql -> sql.deleteFrom(SESSION)
                        .where(isOf(tenant, user).and(from))
                        .execute());
        known.asMap().keySet().removeIf(cookie -> cookie.tenant().equals(tenant));
    }

    /// Returns a user's sign-ins in a tenant, those used last first.
    public List<SignedIn> of(UUID tenant, UUID user) {
        return transaction.call(
                tenant,
                sql -> sql.select(ID, CREATED_AT, LAST_USED_AT, ADDRESS, AGENT)
                        .from(SESSION)
                        .where(isOf(tenant, user).andNot(over(clock.instant())))
                        .orderBy(LAST_USED_AT.desc(), CREATED_AT.desc(), ID)
                        .limit(LISTED)
                        .fetch(row -> new SignedIn(
                                row.get(ID),
                                row.get(CREATED_AT).toInstant(),
                                row.get(LAST_USED_AT).toInstant(),
                                device(row))));
    }

    /// Ends one of a user's sign-ins in a tenant, if it is there.
    public Optional<Ended> endOne(UUID tenant, UUID user, UUID id) {
        return end(tenant, user, ID.eq(id)).stream().findFirst();
    }

    /// Ends a user's sign-ins in a tenant.
    ///
    /// @param current the one that goes on; `null`: none
    public List<Ended> endOthers(UUID tenant, UUID user, @Nullable UUID current) {
        return end(tenant, user, current == null ? noCondition() : ID.ne(current));
    }

    private List<Ended> end(UUID tenant, UUID user, Condition which) {
        List<Ended> ended = transaction.call(tenant, sql -> {
            List<Record> rows = sql.deleteFrom(SESSION)
                    .where(isOf(tenant, user).and(which).andNot(over(clock.instant())))
                    .returning(ID, ADDRESS, AGENT, ID_TOKEN, KEYCLOAK_SID)
                    .fetch();
            Set<String> left = sql.selectDistinct(KEYCLOAK_SID)
                    .from(SESSION)
                    .where(isOf(tenant, user).and(KEYCLOAK_SID.isNotNull()).andNot(over(clock.instant())))
                    .fetchSet(KEYCLOAK_SID);
            return rows.stream()
                    .map(row -> new Ended(
                            row.get(ID), device(row), row.get(ID_TOKEN), left.contains(row.get(KEYCLOAK_SID))))
                    .toList();
        });
        Set<UUID> gone = ended.stream().map(Ended::id).collect(Collectors.toSet());
        known.asMap()
                .values()
                .removeIf(session ->
                        session.filter(found -> gone.contains(found.id())).isPresent());
        return ended;
    }

    private static Device device(Record row) {
        return new Device(row.get(ADDRESS), row.get(AGENT));
    }

    private static Condition isOf(UUID tenant, UUID user) {
        return TENANT.eq(tenant).and(USER.eq(user));
    }

    private Optional<WebSession> read(SessionCookie cookie) {
        Instant now = clock.instant();
        return transaction.call(cookie.tenant(), sql -> {
            Record row = sql.select(ID, USER, CSRF_TOKEN, ID_TOKEN, LAST_USED_AT)
                    .from(SESSION)
                    .where(isSession(cookie).andNot(over(now)))
                    .fetchOne();
            if (row == null) {
                return Optional.<WebSession>empty();
            }
            if (row.get(LAST_USED_AT).isBefore(at(now.minus(USE_NOTED_EVERY)))) {
                noteUse(sql, cookie, now);
            }
            return Optional.of(new WebSession(
                    row.get(ID), cookie.tenant(), row.get(USER), row.get(CSRF_TOKEN), row.get(ID_TOKEN)));
        });
    }

    private static void noteUse(DSLContext sql, SessionCookie cookie, Instant now) {
        sql.update(SESSION).set(LAST_USED_AT, at(now)).where(isSession(cookie)).execute();
    }

    private static Condition isSession(SessionCookie cookie) {
        return TENANT.eq(cookie.tenant()).and(SECRET_HASH.eq(cookie.secretHash()));
    }

    private static Condition over(Instant now) {
        return EXPIRES_AT.le(at(now)).or(LAST_USED_AT.le(at(now.minus(IDLE))));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
