package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Formula;
import io.relata.core.record.Neighbours;
import io.relata.core.record.StoredValue;
import io.relata.spi.CallContext;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Reads values over lookups with the statements of queries, so that formulas there are computed in the database. What
/// is computed for a record is the same whoever saves it: there the caller's access does not count.
public final class NeighbourReader implements Neighbours {

    private final BiFunction<DSLContext, CallContext, CallerAccess> access;

    public NeighbourReader() {
        this((sql, context) -> CallerAccess.everything(context));
    }

    private NeighbourReader(BiFunction<DSLContext, CallContext, CallerAccess> access) {
        this.access = access;
    }

    /// Returns one that leads to nothing that the caller may not read, for values that the caller is shown.
    public static NeighbourReader asReadByTheCaller() {
        return new NeighbourReader(CallerAccess::of);
    }

    @Override
    public Map<UUID, Map<List<String>, @Nullable Object>> read(
            DSLContext sql,
            CallContext context,
            EntityDefinition target,
            Collection<UUID> ids,
            Map<List<String>, Formula.Source> wanted) {
        Source source = new Source(target, context, access.apply(sql, context), Source.Reached.BY_REFERENCE);
        List<List<String>> names = List.copyOf(wanted.keySet());
        List<Field<?>> columns = new ArrayList<>(List.of(source.base().id().as("id")));
        for (int i = 0; i < names.size(); i++) {
            columns.add(source.column(FormulaCompiler.path(wanted.get(names.get(i)), 1))
                    .as("p" + i));
        }
        Map<UUID, Map<List<String>, @Nullable Object>> found = new HashMap<>();
        sql.select(columns)
                .from(source.from())
                .where(source.wanted())
                .and(source.base().id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .forEach(row -> found.put(row.get("id", UUID.class), values(row, names, wanted)));
        return found;
    }

    private static Map<List<String>, @Nullable Object> values(
            Record row, List<List<String>> names, Map<List<String>, Formula.Source> wanted) {
        Map<List<String>, @Nullable Object> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Formula.Source from = wanted.get(names.get(i));
            Object stored = row.get("p" + i);
            if (from != null && from.field() != null) {
                values.put(names.get(i), StoredValue.toValue(from.field(), stored));
            } else {
                values.put(names.get(i), stored instanceof OffsetDateTime moment ? moment.toInstant() : stored);
            }
        }
        return values;
    }
}
