package io.relata.core.query;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.RecordColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// The tables of one statement: the entity's, and one more for every lookup that some path follows. Each is bound to
/// the tenant, the entity and live records, so that a path never leads elsewhere.
final class Source {

    private final UUID tenant;
    private final short state;
    private final RecordColumns base;
    private final Map<List<String>, RecordColumns> joined = new LinkedHashMap<>();
    private Table<?> from;

    Source(EntityDefinition entity, UUID tenant) {
        this(entity, tenant, RecordColumns.LIVE);
    }

    /// @param state the records that are looked for; those that their lookups lead to are live in any case
    Source(EntityDefinition entity, UUID tenant, short state) {
        this.tenant = tenant;
        this.state = state;
        this.base = RecordColumns.of(entity, "r");
        this.from = base.table();
    }

    RecordColumns base() {
        return base;
    }

    /// Returns what holds the property, in its stored form.
    Field<?> column(Value.Path path) {
        RecordColumns columns = follow(path.lookups());
        return switch (path.property()) {
            case Property.OfField of -> columns.field(of.field());
            case Property.OfRecord of -> columns.system(of.name()).orElseThrow();
        };
    }

    /// Returns the tables with all joins that were needed so far: ask last.
    Table<?> from() {
        return from;
    }

    Condition wanted() {
        return base.belongsTo(tenant).and(base.state().eq(DSL.inline(state)));
    }

    private RecordColumns follow(List<Value.Path.Step> lookups) {
        if (lookups.isEmpty()) {
            return base;
        }
        List<String> names = lookups.stream().map(step -> step.lookup().name()).toList();
        RecordColumns known = joined.get(names);
        return known != null ? known : join(names, lookups);
    }

    private RecordColumns join(List<String> names, List<Value.Path.Step> lookups) {
        RecordColumns parent = follow(lookups.subList(0, lookups.size() - 1));
        Value.Path.Step last = lookups.getLast();
        RecordColumns target = RecordColumns.of(last.target(), "j" + (joined.size() + 1));
        Field<UUID> reference = parent.field(last.lookup()).coerce(UUID.class);
        from = from.leftJoin(target.table())
                .on(target.live(tenant).and(target.id().eq(reference)));
        joined.put(names, target);
        return target;
    }
}
