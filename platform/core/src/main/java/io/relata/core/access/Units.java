package io.relata.core.access;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/// The units of a tenant, a tree.
final class Units implements Setting {

    static final Table<Record> TABLE = Columns.of("access_unit");

    private static final Field<UUID> PARENT = field(name("parent_id"), UUID.class);

    @Override
    public List<ObjectNode> list(DSLContext sql, MetadataSnapshot snapshot) {
        UUID tenant = snapshot.tenant();
        return sql.select(Columns.ID, Columns.NAME, PARENT, Columns.BY, Columns.AT)
                .from(TABLE)
                .where(Columns.TENANT.eq(tenant))
                .orderBy(Columns.NAME, Columns.ID)
                .fetch(row -> Columns.answer(row.get(Columns.ID).toString(), row)
                        .put("name", row.get(Columns.NAME))
                        .put("parent", Columns.text(row.get(PARENT))));
    }

    /// All units are locked, so that two changes at once cannot make a loop together.
    @Override
    public void put(Change change, String key, Input input) {
        UUID id = AccessSettings.id(key);
        String unit = input.name("name");
        UUID parent = input.optionalId("parent");
        Map<UUID, @Nullable UUID> parents = new HashMap<>();
        change.sql()
                .select(Columns.ID, PARENT)
                .from(TABLE)
                .where(Columns.TENANT.eq(change.tenant()))
                .orderBy(Columns.ID)
                .forUpdate()
                .forEach(row -> parents.put(row.value1(), row.value2()));
        if (parent != null && !parents.containsKey(parent)) {
            input.reject("parent", "access-unknown-unit");
        }
        for (UUID above = parent; above != null; above = parents.get(above)) {
            if (above.equals(id)) {
                input.reject("parent", "hierarchy-loop");
                break;
            }
        }
        input.done();
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(Columns.ID, id);
        row.put(Columns.NAME, unit);
        row.put(PARENT, parent);
        Columns.put(change, TABLE, List.of(Columns.TENANT, Columns.ID), row);
    }

    @Override
    public boolean delete(Change change, String key) {
        UUID id = AccessSettings.id(key);
        if (Columns.exists(change, TABLE, PARENT.eq(id))
                || Columns.exists(change, AccessTables.Principal.TABLE, Columns.UNIT.eq(id))) {
            throw ProblemException.of(ProblemCode.IN_USE, "access-unit-in-use");
        }
        return Columns.delete(change, TABLE, Columns.ID.eq(id));
    }
}
