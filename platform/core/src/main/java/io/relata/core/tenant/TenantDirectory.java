package io.relata.core.tenant;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Who the tenants and their members are. Read on every request, so answers are kept, but never longer than
/// [#FRESHNESS]: a suspended tenant or removed member is out within that time.
public final class TenantDirectory {

    /// How old an answer may be.
    public static final Duration FRESHNESS = Duration.ofSeconds(2);

    private static final int KEPT_TENANTS = 10_000;
    private static final int KEPT_MEMBERS = 100_000;

    private static final Table<Record> TENANT = table(name("control", "tenant"));
    private static final Field<UUID> TENANT_ID = field(name("id"), UUID.class);
    private static final Field<String> SLUG = field(name("slug"), String.class);
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<String> ORGANIZATION = field(name("organization_id"), String.class);
    private static final Field<String> LOCALE = field(name("locale"), String.class);
    private static final Field<String> TIME_ZONE = field(name("time_zone"), String.class);
    private static final Field<String> CURRENCY = field(name("currency"), String.class);

    private static final Table<Record> MEMBERSHIP = table(name("control", "membership"));
    private static final Field<UUID> MEMBER_TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> USER = field(name("user_id"), UUID.class);
    private static final Field<String> KIND = field(name("kind"), String.class);
    private static final Field<String> ROLE = field(name("role"), String.class);
    private static final Field<String> USERNAME = field(name("username"), String.class);
    private static final Field<String> EMAIL = field(name("email"), String.class);
    private static final Field<String> DISPLAY_NAME = field(name("display_name"), String.class);

    private static final Field<String> STATUS = field(name("status"), String.class);
    private static final String ACTIVE = "active";
    private static final String PERSON = "person";

    private final DSLContext sql;
    private final LoadingCache<String, Optional<Tenant>> byOrganization;
    private final LoadingCache<UUID, Optional<Tenant>> byId;
    private final LoadingCache<MemberKey, Optional<Member>> members;

    private record MemberKey(UUID tenant, UUID user) {}

    public TenantDirectory(DataSource dataSource, Clock clock) {
        sql = DSL.using(dataSource, SQLDialect.POSTGRES);
        byOrganization = fresh(clock, KEPT_TENANTS).build(id -> readTenant(ORGANIZATION.eq(id)));
        byId = fresh(clock, KEPT_TENANTS).build(id -> readTenant(TENANT_ID.eq(id)));
        members = fresh(clock, KEPT_MEMBERS).build(this::readMember);
    }

    /// Returns the tenant that is the Keycloak organization with this id.
    public Optional<Tenant> byOrganization(String organizationId) {
        return byOrganization.get(organizationId);
    }

    /// Returns the tenant with this id.
    public Optional<Tenant> byId(UUID tenant) {
        return byId.get(tenant);
    }

    /// Returns the tenant's member with this id, active or removed.
    public Optional<Member> member(UUID tenant, UUID user) {
        return members.get(new MemberKey(tenant, user));
    }

    /// Returns the tenant's active people, by name.
    public List<Member> people(UUID tenant) {
        return selectMembers(MEMBER_TENANT.eq(tenant).and(KIND.eq(PERSON)).and(STATUS.eq(ACTIVE)));
    }

    /// Returns the tenants this login is or was a member of.
    public List<UUID> tenantsOf(UUID user) {
        return sql.select(MEMBER_TENANT).from(MEMBERSHIP).where(USER.eq(user)).fetch(MEMBER_TENANT);
    }

    private static Caffeine<Object, Object> fresh(Clock clock, int size) {
        return Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(FRESHNESS)
                .maximumSize(size);
    }

    private Optional<Tenant> readTenant(Condition condition) {
        return sql.select(TENANT_ID, SLUG, NAME, ORGANIZATION, STATUS, LOCALE, TIME_ZONE, CURRENCY)
                .from(TENANT)
                .where(condition)
                .fetchOptional(row -> new Tenant(
                        row.get(TENANT_ID),
                        row.get(SLUG),
                        row.get(NAME),
                        row.get(ORGANIZATION),
                        ACTIVE.equals(row.get(STATUS)),
                        Locale.forLanguageTag(row.get(LOCALE)),
                        ZoneId.of(row.get(TIME_ZONE)),
                        Currency.getInstance(row.get(CURRENCY))));
    }

    private Optional<Member> readMember(MemberKey key) {
        return selectMembers(MEMBER_TENANT.eq(key.tenant()).and(USER.eq(key.user()))).stream()
                .findFirst();
    }

    private List<Member> selectMembers(Condition condition) {
        return sql.select(USER, KIND, ROLE, STATUS, USERNAME, EMAIL, DISPLAY_NAME)
                .from(MEMBERSHIP)
                .where(condition)
                .orderBy(DISPLAY_NAME, USER)
                .fetch(row -> new Member(
                        row.get(USER),
                        PERSON.equals(row.get(KIND)),
                        row.get(ROLE),
                        ACTIVE.equals(row.get(STATUS)),
                        row.get(USERNAME),
                        row.get(EMAIL),
                        row.get(DISPLAY_NAME)));
    }
}
