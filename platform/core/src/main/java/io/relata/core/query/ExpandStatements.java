package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.problem.ProblemCode;
import io.relata.core.problem.ProblemException;
import io.relata.core.record.Cells;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import io.relata.core.record.RecordData;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Fetches what is shown within records: one statement for each part, and one more for each collection that is counted,
/// however many records there are.
final class ExpandStatements {

    /// Of all records that one part brings: an answer is held in memory.
    static final int MAX_RECORDS = 20_000;

    private static final Field<UUID> OWNER = DSL.field(DSL.name("o", "owner"), UUID.class);

    private final DSLContext sql;
    private final CallContext context;

    ExpandStatements(DSLContext sql, CallContext context) {
        this.sql = sql;
        this.context = context;
    }

    Map<String, Expanded> fetch(List<RecordData> records, List<Expand> expands) {
        Map<String, Expanded> expanded = new HashMap<>();
        for (Expand expand : expands) {
            expanded.put(
                    expand.name(),
                    switch (expand) {
                        case Expand.One one -> targets(records, one);
                        case Expand.Many many -> members(records, many);
                    });
        }
        return expanded;
    }

    private Expanded targets(List<RecordData> records, Expand.One one) {
        List<UUID> ids = records.stream()
                .map(record -> record.value(one.lookup().name()))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast)
                .distinct()
                .toList();
        List<RecordData> found = byIds(one.target(), one.filter(), one.fields(), ids);
        Map<String, Expanded> nested = fetch(found, one.expands());
        Map<UUID, RecordPage> pages = new HashMap<>();
        found.forEach(record -> pages.put(record.id(), new RecordPage(List.of(record), nested, null, null)));
        return new Expanded(pages);
    }

    /// Returns those of the records that there are.
    List<RecordData> byIds(
            EntityDefinition entity,
            @Nullable Filter filter,
            Collection<FieldDefinition> fields,
            Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        CallerAccess access = CallerAccess.of(sql, context);
        if (ids.size() == 1
                && filter == null
                && fields.stream().noneMatch(FieldDefinition::virtual)
                && Reach.of(access, entity, Privilege.READ).all()) {
            return new RecordLookup(entity, fields)
                    .find(sql, context.tenant(), ids.iterator().next());
        }
        Source source = referenced(entity, access);
        Condition condition = new SelectionCompiler(source).condition(new Query.Selection(entity, filter, null));
        RecordColumns columns = source.base();
        Condition wanted = ids.size() == 1
                ? columns.id().eq(ids.iterator().next())
                : columns.id().eq(DSL.any(ids.toArray(UUID[]::new)));
        List<Field<?>> selection = source.selection(fields);
        return DirectRows.fetch(
                sql.select(selection).from(source.from()).where(condition).and(wanted),
                row -> columns.read(row, fields));
    }

    private Expanded members(List<RecordData> records, Expand.Many many) {
        if (records.isEmpty()) {
            return new Expanded(Map.of());
        }
        UUID[] owners = records.stream().map(RecordData::id).toArray(UUID[]::new);
        Map<UUID, Found> byOwner = read(many, owners);
        Map<UUID, Long> counts = many.members().count() ? counts(many, owners) : Map.of();
        List<RecordData> all = new ArrayList<>();
        byOwner.values().forEach(members -> all.addAll(members.records()));
        Map<String, Expanded> nested = fetch(all, many.members().expands());
        Map<UUID, RecordPage> pages = new HashMap<>();
        for (UUID owner : owners) {
            Found members = byOwner.getOrDefault(owner, new Found());
            Long count = many.members().count() ? counts.getOrDefault(owner, 0L) : null;
            pages.put(owner, new RecordPage(members.records(), nested, count, members.next()));
        }
        return new Expanded(pages);
    }

    /// The members of one record as they come in.
    private static final class Found {
        private final List<RecordData> records = new ArrayList<>();
        private @Nullable Keyset next;

        private List<RecordData> records() {
            return records;
        }

        private @Nullable Keyset next() {
            return next;
        }
    }

    /// For each record its first members are looked up in the index of the lookup, and one more to see whether there
    /// are others.
    private Map<UUID, Found> read(Expand.Many many, UUID[] owners) {
        Query query = many.members();
        Source source = referenced(many.collection().from());
        Condition condition = new SelectionCompiler(source).condition(query.selection());
        Ordering ordering = Ordering.of(query.sort(), source, context.locale());
        RecordColumns columns = source.base();
        List<Field<?>> inner = new ArrayList<>(source.selection(query.fields()));
        inner.addAll(ordering.captured());
        Table<?> first = DSL.lateral(DSL.select(inner)
                .from(source.from())
                .where(condition)
                .and(source.memberOf(many.collection(), OWNER))
                .orderBy(ordering.orderBy())
                .limit(query.pageSize() + 1)
                .offset(query.skip())
                .asTable(DSL.name("m")));
        List<Field<?>> outer = new ArrayList<>(List.of(OWNER));
        inner.forEach(field ->
                outer.add(DSL.field(DSL.name("m", field.getUnqualifiedName().last()), field.getDataType())));
        List<? extends Record> rows = sql.select(outer)
                .from(DSL.unnest(owners).as(DSL.name("o"), DSL.name("owner")))
                .crossJoin(first)
                .limit(MAX_RECORDS + 1)
                .fetch();
        if (rows.size() > MAX_RECORDS) {
            throw ProblemException.of(ProblemCode.INVALID_QUERY, "query-expand-too-many", many.name(), MAX_RECORDS);
        }
        int captured = outer.size() - ordering.captured().size();
        Map<UUID, Found> byOwner = new LinkedHashMap<>();
        Map<UUID, Record> last = new HashMap<>();
        for (Record row : rows) {
            UUID owner = row.get(OWNER);
            Found members = byOwner.computeIfAbsent(owner, id -> new Found());
            if (members.records.size() < query.pageSize()) {
                members.records.add(columns.read(Cells.of(row), query.fields(), 1));
                last.put(owner, row);
            } else if (last.containsKey(owner)) {
                members.next = ordering.keyset(Cells.of(last.get(owner)), 1, captured);
            }
        }
        return byOwner;
    }

    private Map<UUID, Long> counts(Expand.Many many, UUID[] owners) {
        Source source = referenced(many.collection().from());
        Condition condition =
                new SelectionCompiler(source).condition(many.members().selection());
        Table<?> members = DSL.lateral(DSL.select(DSL.count().as("members"))
                .from(source.from())
                .where(condition)
                .and(source.memberOf(many.collection(), OWNER))
                .asTable(DSL.name("m")));
        Map<UUID, Long> counts = new HashMap<>();
        sql.select(OWNER, DSL.field(DSL.name("m", "members"), Long.class))
                .from(DSL.unnest(owners).as(DSL.name("o"), DSL.name("owner")))
                .crossJoin(members)
                .forEach(row -> counts.put(row.value1(), row.value2()));
        return counts;
    }

    private Source referenced(EntityDefinition entity) {
        return referenced(entity, CallerAccess.of(sql, context));
    }

    private Source referenced(EntityDefinition entity, CallerAccess access) {
        return new Source(entity, context, access, Source.Reached.BY_REFERENCE);
    }
}
