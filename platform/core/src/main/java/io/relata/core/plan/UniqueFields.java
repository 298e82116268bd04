package io.relata.core.plan;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.relata.core.metadata.ComponentKey;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataDiff.Change;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.metadata.Proposal;
import io.relata.core.problem.ProblemException;
import io.relata.core.problem.Violation;
import io.relata.core.record.RecordColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Has the values of fields taken that become unique, and given back of those that are no longer.
final class UniqueFields {

    private static final Table<?> TABLE = table(name("relata", "unique_value"));
    private static final Field<UUID> TENANT = DSL.field(name("tenant_id"), UUID.class);
    private static final Field<UUID> ENTITY = DSL.field(name("entity_id"), UUID.class);
    private static final Field<String> FIELD = DSL.field(name("field"), String.class);
    private static final Field<String> VALUE = DSL.field(name("value"), String.class);
    private static final Field<UUID> RECORD = DSL.field(name("record_id"), UUID.class);

    private final DSLContext sql;
    private final UUID tenant;
    private final Proposal proposal;

    UniqueFields(DSLContext sql, UUID tenant, Proposal proposal) {
        this.sql = sql;
        this.tenant = tenant;
        this.proposal = proposal;
    }

    /// @throws ProblemException VALIDATION when two records have the same value
    void follow() {
        List<Violation> violations = new ArrayList<>();
        for (Change change : proposal.diff().changes()) {
            if (change.component().part() == ComponentKey.Part.FIELD) {
                follow(change.component(), violations);
            }
        }
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    private void follow(ComponentKey key, List<Violation> violations) {
        boolean was = field(proposal.before(), key).map(FieldDefinition::unique).orElse(false);
        Optional<FieldDefinition> after = field(proposal.after(), key);
        boolean is = after.map(FieldDefinition::unique).orElse(false);
        EntityDefinition entity =
                entity(is ? proposal.after() : proposal.before(), key).orElse(null);
        if (was && !is && entity != null && entity(proposal.after(), key).isPresent()) {
            sql.deleteFrom(TABLE)
                    .where(TENANT.eq(tenant))
                    .and(ENTITY.eq(entity.id()))
                    .and(FIELD.eq(key.name()))
                    .execute();
        } else if (!was
                && is
                && entity != null
                && entity(proposal.before(), key).isPresent()) {
            claim(entity, after.orElseThrow(), key, violations);
        }
    }

    private void claim(EntityDefinition entity, FieldDefinition field, ComponentKey key, List<Violation> violations) {
        RecordColumns columns = RecordColumns.of(entity);
        Field<?> value = columns.field(field);
        int values = sql.fetchCount(sql.selectOne()
                .from(columns.table())
                .where(columns.live(tenant))
                .and(value.isNotNull()));
        int taken = sql.insertInto(TABLE, TENANT, ENTITY, FIELD, VALUE, RECORD)
                .select(sql.select(
                                val(tenant),
                                val(entity.id()),
                                val(field.name()),
                                value.cast(SQLDataType.CLOB),
                                columns.id())
                        .from(columns.table())
                        .where(columns.live(tenant))
                        .and(value.isNotNull()))
                .onConflictDoNothing()
                .execute();
        if (taken < values) {
            violations.add(Violation.of(key + ".unique", "unique-clashes", values - taken));
        }
    }

    private static Optional<EntityDefinition> entity(MetadataSnapshot snapshot, ComponentKey key) {
        return snapshot.entities().stream()
                .filter(one -> one.key().equals(key.entity()))
                .findFirst();
    }

    private static Optional<FieldDefinition> field(MetadataSnapshot snapshot, ComponentKey key) {
        return entity(snapshot, key).flatMap(entity -> entity.field(key.name()));
    }
}
