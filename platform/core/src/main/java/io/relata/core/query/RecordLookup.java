package io.relata.core.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;

/// Gets a record by its id for a caller who reaches all, in the one statement whose text is kept: putting the same text
/// together again would take a third of the time.
final class RecordLookup {

    private static final int KEPT = 5_000;
    private static final Cache<Text, String> TEXTS =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private final RecordColumns columns;
    private final List<Field<?>> selection;
    private final Collection<FieldDefinition> fields;

    /// What the text depends on.
    private record Text(UUID entity, String table, List<String> columns) {}

    /// @param fields none of which is computed by the query
    RecordLookup(EntityDefinition entity, Collection<FieldDefinition> fields) {
        this.columns = RecordColumns.of(entity, "r");
        this.selection = columns.selection(fields);
        this.fields = fields;
    }

    /// Returns the record, unless there is none or it was deleted.
    List<RecordData> find(DSLContext sql, UUID tenant, UUID id) {
        String text = text();
        return sql.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(text)) {
                statement.setObject(1, tenant);
                statement.setObject(2, id);
                try (ResultSet rows = statement.executeQuery()) {
                    return DirectRows.read(rows, selection, row -> columns.read(row, fields));
                }
            }
        });
    }

    private String text() {
        EntityDefinition entity = columns.entity();
        List<String> names = selection.stream().map(Field::getName).toList();
        return TEXTS.get(new Text(entity.id(), entity.table(), names), kept -> rendered());
    }

    private String rendered() {
        UUID any = columns.entity().id();
        return DSL.using(SQLDialect.POSTGRES)
                .select(selection)
                .from(columns.table())
                .where(columns.live(any))
                .and(columns.id().eq(any))
                .getSQL(ParamType.INDEXED);
    }
}
