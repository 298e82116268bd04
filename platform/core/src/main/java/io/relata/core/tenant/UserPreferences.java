package io.relata.core.tenant;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/// What a user has chosen for himself. Kept for as short a time as the rest of the directory.
public final class UserPreferences {

    private static final int KEPT = 100_000;

    private static final Table<Record> PREFERENCE = table(name("relata", "user_preference"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> LOCALE = field(name("locale"), String.class);

    private final TenantTransaction transaction;
    private final Cache<Key, Optional<Locale>> locales;

    private record Key(UUID tenant, UUID user) {}

    public UserPreferences(TenantTransaction transaction, Clock clock) {
        this.transaction = transaction;
        locales = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(TenantDirectory.FRESHNESS)
                .maximumSize(KEPT)
                .build();
    }

    /// Returns the language the user has chosen.
    public Optional<Locale> locale(UUID tenant, UUID user) {
        return locales.get(new Key(tenant, user), this::read);
    }

    /// Remembers the language the user has chosen.
    public void setLocale(UUID tenant, UUID user, Locale locale) {
        transaction.call(
                tenant,
                sql -> sql.insertInto(PREFERENCE, TENANT, USER, LOCALE)
                        .values(tenant, user, locale.toLanguageTag())
                        .onConflict(TENANT, USER)
                        .doUpdate()
                        .set(LOCALE, locale.toLanguageTag())
                        .execute());
        locales.invalidate(new Key(tenant, user));
    }

    private Optional<Locale> read(Key key) {
        return transaction.read(
                key.tenant(),
                sql -> sql.select(LOCALE)
                        .from(PREFERENCE)
                        .where(TENANT.eq(key.tenant()).and(USER.eq(key.user())))
                        .fetchOptional(LOCALE)
                        .map(Locale::forLanguageTag));
    }
}
