package io.relata.core.audit;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.core.tenant.TenantTransaction;
import io.relata.spi.CallContext;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Seals what happened, so that an entry that is changed, taken out or put in afterwards is noticed: each seal is the
/// hash of a stretch of entries and of the seal before it.
///
/// Entries are sealed after their transactions have ended, in the order of the transactions' numbers, so that writing
/// waits for nothing. Whoever can write to the database as its owner could make all seals anew; therefore the newest
/// one
/// is written to the log, and can be kept elsewhere.
public final class AuditSeals {

    /// About as many entries have one seal.
    private static final int PORTION = 5_000;

    /// Of one tenant at a time.
    private static final int MOST = 100;

    /// Bound to no tenant: the query asks for ids of tenants only.
    private static final UUID NO_TENANT = new UUID(0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(AuditSeals.class);

    static final Table<Record> SEAL = table(name("relata", "audit_seal"));
    private static final Table<Record> AUDIT = table(name("relata", "audit"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    static final Field<Long> NUMBER = field(name("number"), Long.class);
    private static final Field<Long> UP_TO = field(name("upto"), Long.class);
    private static final Field<Long> ENTRIES = field(name("entries"), Long.class);
    private static final Field<String> HASH = field(name("hash"), String.class);
    static final Field<OffsetDateTime> AT = field(name("at"), OffsetDateTime.class);
    static final Field<Boolean> ANCHOR = field(name("anchor"), Boolean.class);
    private static final Field<Long> TX = field(name("tx"), Long.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);

    private final TenantTransaction transactions;
    private final Clock clock;

    public AuditSeals(TenantTransaction transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /// One seal.
    ///
    /// @param upTo before which transaction the entries end
    public record Seal(long number, long upTo, long entries, String hash, Instant at) {}

    /// What came of looking at all seals.
    ///
    /// @param entries those that are still there; before, they have gone by the tenant's policy
    /// @param newest  `null` when nothing has been sealed
    /// @param broken  the seals whose entries are not those that were sealed
    public record Verdict(
            long seals, long entries, @Nullable Seal newest, List<Seal> broken) {

        public Verdict {
            broken = List.copyOf(broken);
        }
    }

    /// Seals what has happened in all tenants.
    public void sealAll() {
        List<UUID> tenants = transactions.call(
                NO_TENANT,
                sql -> sql.select(field("seal.tenant", UUID.class))
                        .from("relata.tenants_to_seal() as seal(tenant)")
                        .fetch(0, UUID.class));
        tenants.forEach(this::seal);
    }

    /// Seals what has happened in a tenant.
    public void seal(UUID tenant) {
        boolean more = true;
        for (int i = 0; more && i < MOST; i++) {
            more = transactions.call(tenant, sql -> seal(sql, tenant));
        }
        Seal newest = transactions.call(tenant, sql -> newest(sql, tenant));
        LOG.info("Audit of tenant {} sealed: {} {}", tenant, newest.number(), newest.hash());
    }

    private boolean seal(DSLContext sql, UUID tenant) {
        Seal last = newest(sql, tenant);
        long horizon = sql.select(field("pg_snapshot_xmin(pg_current_snapshot())::text::bigint", Long.class))
                .fetchSingle()
                .value1();
        Long end = sql.select(TX)
                .from(AUDIT)
                .where(TENANT.eq(tenant))
                .and(TX.ge(last.upTo()))
                .and(TX.lt(horizon))
                .orderBy(TX, ID)
                .limit(1)
                .offset(PORTION)
                .fetchOne(TX);
        long upTo = end == null ? horizon : end + 1;
        Record digest = digest(sql, tenant, last.upTo(), upTo, last.hash());
        long entries = digest.get(ENTRIES);
        if (entries == 0) {
            return false;
        }
        sql.insertInto(SEAL)
                .columns(TENANT, NUMBER, UP_TO, ENTRIES, HASH, AT)
                .values(
                        tenant,
                        last.number() + 1,
                        upTo,
                        entries,
                        digest.get(HASH),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .onConflictDoNothing()
                .execute();
        return end != null;
    }

    private static Record digest(DSLContext sql, UUID tenant, long after, long upTo, String previous) {
        return sql.select(ENTRIES, HASH)
                .from("relata.audit_digest({0}, {1}, {2}, {3})", val(tenant), val(after), val(upTo), val(previous))
                .fetchSingle();
    }

    private static Seal newest(DSLContext sql, UUID tenant) {
        return sql.select(NUMBER, UP_TO, ENTRIES, HASH, AT)
                .from(SEAL)
                .where(TENANT.eq(tenant))
                .orderBy(NUMBER.desc())
                .limit(1)
                .fetchOptional(AuditSeals::seal)
                .orElse(new Seal(0, 1, 0, "", Instant.EPOCH));
    }

    private static Seal seal(Record row) {
        return new Seal(
                row.get(NUMBER),
                row.get(UP_TO),
                row.get(ENTRIES),
                row.get(HASH),
                row.get(AT).toInstant());
    }

    /// Looks at all that was sealed in the caller's tenant.
    public Verdict verify(CallContext context) {
        UUID tenant = context.tenant();
        List<Seal> broken = new ArrayList<>(transactions.call(tenant, sql -> unsaid(sql, tenant)));
        Seal before = transactions.call(tenant, sql -> anchor(sql, tenant));
        long entries = 0;
        for (Seal next = after(tenant, before.number()); next != null; next = after(tenant, next.number())) {
            Seal from = before;
            Seal seal = next;
            Record now = transactions.call(tenant, sql -> digest(sql, tenant, from.upTo(), seal.upTo(), from.hash()));
            boolean whole = seal.number() == from.number() + 1
                    && now.get(ENTRIES) == seal.entries()
                    && now.get(HASH).equals(seal.hash());
            if (!whole) {
                broken.add(seal);
            }
            entries += seal.entries();
            before = seal;
        }
        broken.addAll(transactions.call(tenant, sql -> unexplained(sql, tenant)));
        return new Verdict(before.number(), entries, before.number() == 0 ? null : before, broken);
    }

    /// Where the chain begins: at its beginning, or where older entries have gone.
    private static Seal anchor(DSLContext sql, UUID tenant) {
        return sql.select(NUMBER, UP_TO, ENTRIES, HASH, AT)
                .from(SEAL)
                .where(TENANT.eq(tenant))
                .and(ANCHOR)
                .orderBy(NUMBER.desc())
                .limit(1)
                .fetchOptional(AuditSeals::seal)
                .orElse(new Seal(0, 1, 0, "", Instant.EPOCH));
    }

    /// Returns the seals before which entries have gone without an entry that says so.
    private static List<Seal> unsaid(DSLContext sql, UUID tenant) {
        return sql.fetch(
                        "select seal.number, seal.upto, seal.entries, seal.hash, seal.at from relata.audit_seal seal"
                                + " where seal.tenant_id = {0} and seal.anchor and not exists (select from relata.audit"
                                + " entry where entry.tenant_id = {0} and entry.entity_id = {1}"
                                + " and entry.record_id = {0} and entry.action = 'expire'"
                                + " and entry.changes -> 0 ->> 'hash' = seal.hash)",
                        val(tenant), val(AuditEntry.TRAIL))
                .map(AuditSeals::named);
    }

    /// Returns the seals over entries whose values are gone without an entry that says what is left of them.
    private static List<Seal> unexplained(DSLContext sql, UUID tenant) {
        return sql.fetch(
                        "select distinct seal.number, seal.upto, seal.entries, seal.hash, seal.at"
                                + " from relata.audit entry join lateral (select * from relata.audit_seal seal"
                                + " where seal.tenant_id = {0} and seal.upto > entry.tx order by seal.number limit 1)"
                                + " as seal on true where entry.tenant_id = {0} and entry.digest is not null"
                                + " and not exists (select from relata.audit erasure where erasure.tenant_id = {0}"
                                + " and erasure.id = entry.erased and erasure.action = 'erase'"
                                + " and erasure.digest is null and erasure.changes -> 0 -> 'entries' ->> entry.id::text"
                                + " = encode(sha256(convert_to(entry.changes::text, 'UTF8')), 'hex'))",
                        val(tenant))
                .map(AuditSeals::named);
    }

    private static Seal named(Record row) {
        return new Seal(
                row.get("number", Long.class),
                row.get("upto", Long.class),
                row.get("entries", Long.class),
                row.get("hash", String.class),
                row.get("at", OffsetDateTime.class).toInstant());
    }

    private @Nullable Seal after(UUID tenant, long number) {
        return transactions
                .call(
                        tenant,
                        sql -> sql.select(NUMBER, UP_TO, ENTRIES, HASH, AT)
                                .from(SEAL)
                                .where(TENANT.eq(tenant))
                                .and(NUMBER.gt(number))
                                .orderBy(NUMBER)
                                .limit(1)
                                .fetchOptional(AuditSeals::seal))
                .orElse(null);
    }
}
