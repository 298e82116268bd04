package io.relata.core.metadata;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/// The tables with the tenants' own definitions.
final class MetadataStore {

    private static final int PATIENCE_MILLIS = 8_000;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Table<?> DEFINITION = table(name("relata", "entity_definition"));
    private static final Table<?> VERSION = table(name("relata", "metadata_version"));
    private static final Table<?> ENTITLEMENT = table(name("control", "entitlement"));
    private static final Field<UUID> TENANT = field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ID = field(name("id"), UUID.class);
    private static final Field<String> NAME = field(name("name"), String.class);
    private static final Field<JSONB> TEXT = field(name("definition"), JSONB.class);
    private static final Field<OffsetDateTime> CREATED = field(name("created_at"), OffsetDateTime.class);
    private static final Field<OffsetDateTime> UPDATED = field(name("updated_at"), OffsetDateTime.class);
    private static final Field<Long> NUMBER = field(name("version"), Long.class);
    private static final Field<String> PLUGIN = field(name("plugin"), String.class);

    /// What a tenant's snapshot depends on, besides the installed plugins.
    record State(long version, Set<String> plugins) {}

    /// One stored definition.
    record Row(UUID id, String name, JSONB definition) {}

    State state(DSLContext sql, UUID tenant) {
        var plugins = multiset(select(PLUGIN).from(ENTITLEMENT).where(TENANT.eq(tenant)));
        Field<Long> version = field(select(NUMBER).from(VERSION).where(TENANT.eq(tenant)));
        Record2<@Nullable Long, org.jooq.Result<org.jooq.Record1<String>>> row =
                sql.select(version, plugins).fetchSingle();
        Long number = row.value1();
        return new State(number == null ? 0 : number, new TreeSet<>(row.value2().getValues(PLUGIN)));
    }

    List<Row> rows(DSLContext sql, UUID tenant) {
        return sql.select(ID, NAME, TEXT)
                .from(DEFINITION)
                .where(TENANT.eq(tenant))
                .orderBy(NAME)
                .fetch(row -> new Row(row.value1(), row.value2(), row.value3()));
    }

    /// Keeps the tenant's metadata from being changed until the transaction ends.
    ///
    /// @return its version
    long hold(DSLContext sql, UUID tenant) {
        return sql.select(field("relata.hold_metadata({0})", Long.class, val(tenant)))
                .fetchSingle()
                .value1();
    }

    /// Keeps the tenant's records from being written until the transaction ends.
    ///
    /// @throws ProblemException UNAVAILABLE when somebody has been writing for too long
    void take(DSLContext sql, UUID tenant) {
        sql.execute("set local lock_timeout = " + PATIENCE_MILLIS);
        try {
            sql.select(field("relata.take_metadata({0})", Object.class, val(tenant)))
                    .fetch();
        } catch (DataAccessException exception) {
            if (LOCK_NOT_AVAILABLE.equals(exception.sqlState())) {
                throw ProblemException.of(ProblemCode.UNAVAILABLE, "metadata-busy");
            }
            throw exception;
        }
        sql.execute("set local lock_timeout = 0");
    }

    /// Counts the version on. The row stays locked until the transaction ends, so that administrators of one
    /// tenant change its metadata one after the other.
    long nextVersion(DSLContext sql, UUID tenant) {
        Field<Long> current = field(name("metadata_version", "version"), Long.class);
        return sql.insertInto(VERSION, TENANT, NUMBER)
                .values(tenant, 1L)
                .onConflict(TENANT)
                .doUpdate()
                .set(NUMBER, current.plus(1))
                .returningResult(NUMBER)
                .fetchSingle()
                .value1();
    }

    void delete(DSLContext sql, UUID tenant, UUID id) {
        sql.deleteFrom(DEFINITION).where(TENANT.eq(tenant)).and(ID.eq(id)).execute();
    }

    void save(DSLContext sql, UUID tenant, Row row, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        sql.insertInto(DEFINITION, TENANT, ID, NAME, TEXT, CREATED, UPDATED)
                .values(tenant, row.id(), row.name(), row.definition(), at, at)
                .onConflict(TENANT, ID)
                .doUpdate()
                .set(NAME, excluded(NAME))
                .set(TEXT, excluded(TEXT))
                .set(UPDATED, excluded(UPDATED))
                .execute();
    }
}
