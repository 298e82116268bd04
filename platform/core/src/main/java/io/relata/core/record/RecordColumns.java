package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Mask;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Part;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// The columns of one entity's record table, under an alias where a query joins.
///
/// A field is a slot column or an extraction from the document. Both have the same SQL type, the one of
/// [StoredValue], so that whoever compares, sorts or groups need not know which it is.
public final class RecordColumns {

    /// A record that has not been deleted.
    public static final short LIVE = 0;

    /// A record that was deleted and can be restored.
    public static final short DELETED = 1;

    /// What every selection begins with.
    private static final int SYSTEM_COLUMNS = 6;

    private final EntityDefinition entity;
    private final Table<?> table;

    private RecordColumns(EntityDefinition entity, Table<?> table) {
        this.entity = entity;
        this.table = table;
    }

    /// Returns the columns of the entity's table without an alias.
    public static RecordColumns of(EntityDefinition entity) {
        return new RecordColumns(entity, DSL.table(DSL.name("relata", entity.table())));
    }

    /// Returns the columns of the entity's table under the alias.
    public static RecordColumns of(EntityDefinition entity, String alias) {
        return new RecordColumns(
                entity, DSL.table(DSL.name("relata", entity.table())).as(DSL.name(alias)));
    }

    public EntityDefinition entity() {
        return entity;
    }

    public Table<?> table() {
        return table;
    }

    public Field<UUID> tenantId() {
        return column("tenant_id", UUID.class);
    }

    public Field<UUID> entityId() {
        return column("entity_id", UUID.class);
    }

    public Field<UUID> id() {
        return column("id", UUID.class);
    }

    public Field<UUID> ownerId() {
        return column("owner_id", UUID.class);
    }

    public Field<OffsetDateTime> createdAt() {
        return column("created_at", OffsetDateTime.class);
    }

    public Field<UUID> createdBy() {
        return column("created_by", UUID.class);
    }

    public Field<OffsetDateTime> updatedAt() {
        return column("updated_at", OffsetDateTime.class);
    }

    public Field<UUID> updatedBy() {
        return column("updated_by", UUID.class);
    }

    public Field<Long> version() {
        return column("version", Long.class);
    }

    public Field<Short> state() {
        return column("state", Short.class);
    }

    public Field<JSONB> data() {
        return column("data", JSONB.class);
    }

    /// Returns the condition that every statement on the table carries: this tenant, this entity. The entity is written
    /// into the statement, so that the indexes of this entity alone are thought of even in a plan for all values.
    public Condition belongsTo(UUID tenant) {
        return tenantId().eq(tenant).and(entityId().eq(DSL.inline(entity.id())));
    }

    /// Returns the condition for this tenant's records of the entity that have not been deleted.
    public Condition live(UUID tenant) {
        return belongsTo(tenant).and(state().eq(DSL.inline(LIVE)));
    }

    /// Returns the system property's column: `id`, `createdAt`, `createdBy`, `updatedAt` or `updatedBy`.
    public Optional<Field<?>> system(String property) {
        return switch (property) {
            case "id" -> Optional.of(id());
            case "createdAt" -> Optional.of(createdAt());
            case "createdBy" -> Optional.of(createdBy());
            case "updatedAt" -> Optional.of(updatedAt());
            case "updatedBy" -> Optional.of(updatedBy());
            default -> Optional.empty();
        };
    }

    /// Returns what holds the field: its slot, else the extraction from the document. The type is the one
    /// that [StoredValue#javaType] names.
    public Field<?> field(FieldDefinition field) {
        Field<?> stored = field.slot() == null ? extracted(field) : slot(field.kind(), field.slot());
        return field.masked() ? masked(stored.coerce(SQLDataType.CLOB)) : stored;
    }

    /// The same as [Mask#shown], so that whoever filters, sorts or groups learns no more than whoever reads.
    private static Field<String> masked(Field<String> text) {
        return DSL.when(
                        DSL.charLength(text).ge(DSL.inline(Mask.SHORTEST)),
                        DSL.concat(DSL.inline(Mask.HIDDEN), DSL.right(text, DSL.inline(Mask.SHOWN))))
                .when(text.isNotNull(), DSL.inline(Mask.HIDDEN))
                .collate("C");
    }

    /// Returns the extraction of a part of what the field holds.
    public Field<?> part(FieldDefinition field, Part part) {
        Field<String> text = DSL.jsonbGetAttributeAsText(
                        DSL.jsonbGetAttribute(data(), DSL.inline(field.stored())), DSL.inline(part.name()))
                .coerce(SQLDataType.CLOB);
        return switch (part.kind()) {
            case INTEGER -> text.cast(SQLDataType.BIGINT);
            case UUID -> text.cast(SQLDataType.UUID);
            default -> text.collate("C");
        };
    }

    /// Returns the columns that [#read(Record)] needs.
    public List<Field<?>> selection() {
        return selection(entity.stored());
    }

    /// Returns the columns that [#read(Record, Collection)] needs for these fields.
    public List<Field<?>> selection(Collection<FieldDefinition> fields) {
        List<Field<?>> columns =
                new ArrayList<>(List.of(id(), version(), createdAt(), createdBy(), updatedAt(), updatedBy()));
        boolean document = false;
        for (FieldDefinition field : fields) {
            if (field.virtual()) {
                continue;
            }
            if (field.slot() == null) {
                document = true;
            } else {
                columns.add(slot(field.kind(), field.slot()));
            }
        }
        if (document) {
            columns.add(data());
        }
        return columns;
    }

    /// Reads a whole record, what is hidden in it too, from a row that has the columns of [#selection()].
    public RecordData read(Record row) {
        return read(row, entity.stored());
    }

    /// Reads these fields of a record from a row that begins with the columns of [#selection(Collection)]; formulas
    /// that are computed when they are read are empty, whatever else the row has.
    public RecordData read(Record row, Collection<FieldDefinition> fields) {
        return read(Cells.of(row), fields, 0, false);
    }

    /// Reads these fields of a record from a row that begins with the columns of [#selection(Collection)], and then has
    /// what the query computes for formulas among them.
    public RecordData read(Cells row, Collection<FieldDefinition> fields) {
        return read(row, fields, 0);
    }

    /// Reads the same from a row that has some other columns before.
    ///
    /// @param before how many columns there are before
    public RecordData read(Cells row, Collection<FieldDefinition> fields, int before) {
        return read(row, fields, before, true);
    }

    private RecordData read(Cells row, Collection<FieldDefinition> fields, int before, boolean computed) {
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(fields.size());
        int column = before + SYSTEM_COLUMNS;
        int document = column + slots(fields);
        Document parsed = null;
        for (FieldDefinition field : fields) {
            if (field.virtual()) {
                values.put(field.name(), null);
            } else if (field.slot() != null) {
                values.put(field.name(), Mask.shown(field, StoredValue.toValue(field, row.at(column++))));
            } else {
                parsed = parsed == null ? Document.parse(row.at(document, JSONB.class)) : parsed;
                values.put(field.name(), Mask.shown(field, parsed.value(field)));
            }
        }
        if (computed) {
            compute(row, fields, parsed == null ? document : document + 1, values);
        }
        return new RecordData(
                entity.name(),
                row.at(before, UUID.class),
                row.at(before + 1, Long.class),
                row.at(before + 2, OffsetDateTime.class).toInstant(),
                row.at(before + 3, UUID.class),
                row.at(before + 4, OffsetDateTime.class).toInstant(),
                row.at(before + 5, UUID.class),
                values);
    }

    private static int slots(Collection<FieldDefinition> fields) {
        int slots = 0;
        for (FieldDefinition field : fields) {
            slots += field.slot() != null && !field.virtual() ? 1 : 0;
        }
        return slots;
    }

    private static void compute(
            Cells row, Collection<FieldDefinition> fields, int first, Map<String, @Nullable Object> values) {
        int place = first;
        for (FieldDefinition field : fields) {
            if (field.virtual()) {
                values.put(field.name(), StoredValue.toValue(field, row.at(place++)));
            }
        }
    }

    /// Returns the name under which a query selects what it computes for a formula.
    public static String computedName(FieldDefinition field) {
        return "f_" + field.name();
    }

    /// Returns the columns that hold fields' values, in a fixed order: the used slots, then the document.
    public List<Field<?>> valueColumns() {
        List<Field<?>> columns = new ArrayList<>();
        for (FieldDefinition field : entity.stored()) {
            if (field.slot() != null) {
                columns.add(slot(field.kind(), field.slot()));
            }
        }
        columns.add(data());
        return columns;
    }

    /// Returns what goes into the columns of [#valueColumns], from values by field name.
    public List<@Nullable Object> storedValues(Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> all = Conversion.carry(entity, values);
        List<@Nullable Object> stored = new ArrayList<>();
        for (FieldDefinition field : entity.stored()) {
            if (field.slot() != null) {
                stored.add(StoredValue.of(field, all.get(field.name())));
            }
        }
        stored.add(Document.of(entity, all));
        return stored;
    }

    private Field<?> slot(ValueKind kind, String slot) {
        return column(slot, StoredValue.javaType(kind));
    }

    /// The names are written into the statement because an expression in GROUP BY must be the same text as in
    /// SELECT; they come from validated metadata and are quoted besides.
    private Field<?> extracted(FieldDefinition field) {
        Field<String> text =
                DSL.jsonbGetAttributeAsText(data(), DSL.inline(field.stored())).coerce(SQLDataType.CLOB);
        return switch (field.kind()) {
            case STRING, SECRET -> text.collate("C");
            case INTEGER -> text.cast(SQLDataType.BIGINT);
            case DECIMAL ->
                text.cast(SQLDataType.NUMERIC)
                        .mul(DSL.inline(BigDecimal.TEN.pow(field.scale())))
                        .cast(SQLDataType.BIGINT);
            case BOOLEAN ->
                DSL.case_(text).when(DSL.inline("true"), DSL.inline(1L)).when(DSL.inline("false"), DSL.inline(0L));
            case DATE -> text.cast(SQLDataType.LOCALDATE);
            case INSTANT -> text.cast(SQLDataType.TIMESTAMPWITHTIMEZONE);
            case UUID -> text.cast(SQLDataType.UUID);
            case POINT -> text.cast(SQLDataType.BIGINT);
            case LIST, OBJECT -> DSL.jsonbGetAttribute(data(), DSL.inline(field.stored()));
        };
    }

    private <T> Field<T> column(String name, Class<T> type) {
        return DSL.field(table.getQualifiedName().append(DSL.name(name)), type);
    }
}
