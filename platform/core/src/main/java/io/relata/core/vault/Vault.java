package io.relata.core.vault;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Seals and opens tenants' texts. A sealed text is `key.text`, with the number of the tenant's key in front.
///
/// A tenant gets its first key with the definition that needs it: whoever seals finds it committed.
public final class Vault {

    private static final Table<?> TABLE = table(name("relata", "data_key"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<Integer> ID = field(name("id"), Integer.class);
    private static final Field<String> MASTER = field(name("master"), String.class);
    private static final Field<byte[]> WRAPPED = field(name("wrapped"), byte[].class);
    private static final Field<OffsetDateTime> CREATED_AT = field(name("created_at"), OffsetDateTime.class);

    private static final int KEY_BYTES = 32;
    private static final int MOST_TENANTS = 10_000;

    /// After so long everybody seals with a new key.
    public static final Duration TRUST = Duration.ofSeconds(5);

    private final MasterKeys masters;
    private final Sealing sealing = new Sealing();
    private final Cache<UUID, Keys> keys = Caffeine.newBuilder()
            .maximumSize(MOST_TENANTS)
            .expireAfterWrite(TRUST)
            .build();

    public Vault(MasterKeys masters) {
        this.masters = masters;
    }

    private record Keys(int newest, Map<Integer, SecretKey> all) {}

    /// Where a text belongs; taken elsewhere it does not open.
    public record Place(UUID tenant, String entity, UUID record, String field) {

        private byte[] bytes() {
            return (tenant + "/" + entity + "/" + record + "/" + field).getBytes(StandardCharsets.UTF_8);
        }
    }

    /// Sees to it that the tenant has a key, from the end of the transaction on.
    public void ensure(DSLContext sql, UUID tenant, Instant now) {
        if (newest(sql, tenant) == 0) {
            insert(sql, tenant, 1, now);
        }
    }

    /// Gives the tenant a further key, and wraps all it has with the first master key.
    ///
    /// @return the number of the new key
    public int renew(DSLContext sql, UUID tenant, Instant now) {
        for (Record row :
                sql.selectFrom(TABLE).where(TENANT.eq(tenant)).forUpdate().fetch()) {
            if (!row.get(MASTER).equals(masters.first())) {
                SecretKey key = unwrap(tenant, row);
                sql.update(TABLE)
                        .set(MASTER, masters.first())
                        .set(WRAPPED, wrap(tenant, row.get(ID), key.getEncoded()))
                        .where(TENANT.eq(tenant))
                        .and(ID.eq(row.get(ID)))
                        .execute();
            }
        }
        int id = newest(sql, tenant) + 1;
        insert(sql, tenant, id, now);
        return id;
    }

    /// Sees to it that this process seals with the key, or a newer one.
    public void require(DSLContext sql, UUID tenant, int key) {
        keys(sql, tenant, key);
    }

    private static int newest(DSLContext sql, UUID tenant) {
        Integer newest = sql.select(DSL.max(ID))
                .from(TABLE)
                .where(TENANT.eq(tenant))
                .fetchSingle()
                .value1();
        return newest == null ? 0 : newest;
    }

    private void insert(DSLContext sql, UUID tenant, int id, Instant now) {
        sql.insertInto(TABLE)
                .columns(TENANT, ID, MASTER, WRAPPED, CREATED_AT)
                .values(
                        tenant,
                        id,
                        masters.first(),
                        wrap(tenant, id, sealing.random(KEY_BYTES)),
                        now.atOffset(ZoneOffset.UTC))
                .onConflict(TENANT, ID)
                .doNothing()
                .execute();
    }

    /// Returns the sealed text.
    public String seal(DSLContext sql, Place place, String text) {
        Keys known = keys(sql, place.tenant(), 0);
        byte[] sealed = sealing.seal(key(known, known.newest()), place.bytes(), text.getBytes(StandardCharsets.UTF_8));
        return known.newest() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /// Returns what was sealed.
    ///
    /// @throws IllegalStateException when its key is not there, or it was not sealed for the place
    public String open(DSLContext sql, Place place, String sealed) {
        int dot = sealed.indexOf('.');
        int id = keyOf(sealed);
        try {
            byte[] opened = sealing.open(
                    key(keys(sql, place.tenant(), id), id),
                    place.bytes(),
                    Base64.getUrlDecoder().decode(sealed.substring(dot + 1)));
            return new String(opened, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException wrong) {
            throw new IllegalStateException("A sealed text does not open: " + place, wrong);
        }
    }

    /// Returns the number of the key with which the text was sealed.
    public static int keyOf(String sealed) {
        return Integer.parseInt(sealed.substring(0, sealed.indexOf('.')));
    }

    private static SecretKey key(Keys known, int id) {
        SecretKey key = known.all().get(id);
        if (key == null) {
            throw new IllegalStateException("The tenant has no key " + id);
        }
        return key;
    }

    /// @param needed a key that must be among them; 0 for any
    private Keys keys(DSLContext sql, UUID tenant, int needed) {
        Keys known = keys.getIfPresent(tenant);
        if (known != null && known.newest() >= needed) {
            return known;
        }
        Map<Integer, SecretKey> all = new HashMap<>();
        int newest = 0;
        for (Record row : sql.selectFrom(TABLE).where(TENANT.eq(tenant)).fetch()) {
            all.put(row.get(ID), unwrap(tenant, row));
            newest = Math.max(newest, row.get(ID));
        }
        Keys loaded = new Keys(newest, all);
        keys.put(tenant, loaded);
        return loaded;
    }

    private byte[] wrap(UUID tenant, int id, byte[] key) {
        return sealing.seal(masters.key(masters.first()), place(tenant, id), key);
    }

    private SecretKey unwrap(UUID tenant, Record row) {
        try {
            byte[] key = sealing.open(masters.key(row.get(MASTER)), place(tenant, row.get(ID)), row.get(WRAPPED));
            return new SecretKeySpec(key, "AES");
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException("The master key " + row.get(MASTER) + " is another", wrong);
        }
    }

    private static byte[] place(UUID tenant, int id) {
        return ByteBuffer.allocate(Long.BYTES * 2 + Integer.BYTES)
                .putLong(tenant.getMostSignificantBits())
                .putLong(tenant.getLeastSignificantBits())
                .putInt(id)
                .array();
    }
}
