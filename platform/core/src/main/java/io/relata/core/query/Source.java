package io.relata.core.query;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.LinkedCollection;
import io.relata.core.metadata.RecordCollection;
import io.relata.core.metadata.Relationship;
import io.relata.core.record.ListItems;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import io.relata.spi.CallContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The tables of one statement, or of a part of it that looks at the members of a collection: the entity's, and one
/// more for every lookup that some path follows. Each is bound to the tenant, the entity and live records, so that a
/// path never leads elsewhere, and to what the caller may read.
final class Source implements Columns {

    private final CallerAccess access;
    private final Reader reader;
    private final Reached reached;
    private final short state;
    private final Aliases aliases;
    private final @Nullable Source enclosing;
    private final int level;
    private final RecordColumns base;
    private final Map<List<String>, RecordColumns> joined = new LinkedHashMap<>();
    private final Map<List<String>, Field<?>> formulas = new HashMap<>();
    private Table<?> from;

    /// Numbers the tables of a statement, so that each has a name of its own wherever it stands.
    private static final class Aliases {
        private int last;

        String next() {
            last++;
            return "j" + last;
        }
    }

    /// How the statement comes to the records.
    enum Reached {
        /// It goes through all that there are.
        BY_SEARCHING,
        /// It knows their ids, or what they point to.
        BY_REFERENCE
    }

    Source(EntityDefinition entity, CallContext context, CallerAccess access) {
        this(entity, context, access, Reached.BY_SEARCHING);
    }

    Source(EntityDefinition entity, CallContext context, CallerAccess access, Reached reached) {
        this(entity, context, access, reached, RecordColumns.LIVE);
    }

    /// @param access what the caller may read: neither the records looked for nor those on the way are others
    /// @param state  the records that are looked for; those that their lookups lead to are live in any case
    Source(EntityDefinition entity, CallContext context, CallerAccess access, Reached reached, short state) {
        this(entity, Reader.of(context), access, reached, state);
    }

    private Source(EntityDefinition entity, Reader reader, CallerAccess access, Reached reached, short state) {
        this.access = access;
        this.reader = reader;
        this.reached = reached;
        this.state = state;
        this.aliases = new Aliases();
        this.enclosing = null;
        this.level = 0;
        this.base = RecordColumns.of(entity, "r");
        this.from = base.table();
    }

    private Source(Source enclosing, EntityDefinition entity) {
        this.access = enclosing.access;
        this.reader = enclosing.reader;
        this.reached = Reached.BY_REFERENCE;
        this.state = RecordColumns.LIVE;
        this.aliases = enclosing.aliases;
        this.enclosing = enclosing;
        this.level = enclosing.level + 1;
        this.base = RecordColumns.of(entity, aliases.next());
        this.from = base.table();
    }

    UUID tenant() {
        return access.tenant();
    }

    RecordColumns base() {
        return base;
    }

    @Override
    public Field<?> column(Value.Path path) {
        RecordColumns columns = at(path.level()).follow(path.lookups());
        return switch (path.property()) {
            case Property.OfField of ->
                of.field().virtual() ? at(path.level()).formula(path, of.field()) : columns.field(of.field());
            case Property.OfPart of -> columns.part(of.field(), of.part());
            case Property.OfRecord of -> columns.system(of.name()).orElseThrow();
            case Property.OfColumn of -> throw new IllegalArgumentException("Records have no such column: " + of);
        };
    }

    /// Where a lookup leads nowhere no list has anything.
    @Override
    public Optional<Condition> having(Value.Path list, List<String> texts) {
        if (!(list.property() instanceof Property.OfField of) || of.field().virtual()) {
            return Optional.empty();
        }
        RecordColumns columns = at(list.level()).follow(list.lookups());
        Condition found = columns.id().in(ListItems.having(tenant(), columns.entity(), of.field(), texts));
        return Optional.of(list.lookups().isEmpty() ? found : DSL.condition("({0}) is true", DSL.field(found)));
    }

    @Override
    public Source members(Members members) {
        return new Source(this, members.collection().from());
    }

    @Override
    public Condition best(Query.Selection among, Ranking ranking) {
        Source inner = new Source(among.entity(), reader, access, Reached.BY_SEARCHING, RecordColumns.LIVE);
        SelectionCompiler selection = new SelectionCompiler(inner);
        Condition condition = selection.condition(among);
        Field<?> by = selection.values().field(ranking.by());
        List<Field<?>> id = List.of(inner.base.id());
        Select<?> best = Rankings.select(ranking, by, Rows.scale(ranking.by()), id, id, inner.from, condition);
        return DSL.condition("{0} in ({1})", base.id(), best);
    }

    @Override
    public Condition standing(Filter.Standing standing) {
        return DSL.condition("{0} in ({1})", column(standing.record()), Lineage.of(standing, access));
    }

    /// Returns the condition for the members, to be asked of what [#members] returned.
    ///
    /// A lookup that leads to a deleted record leads nowhere, so its members are looked for by the record's id.
    Condition pointing(Members members) {
        Source holder = enclosing == null ? this : enclosing.at(members.level());
        Field<UUID> pointedTo = holder.follow(members.lookups()).id();
        return wanted().and(memberOf(members.collection(), pointedTo));
    }

    /// Returns the condition that the records of this source are in the collection of a record. What ties them to it
    /// must be readable, too.
    Condition memberOf(RecordCollection collection, Field<UUID> holder) {
        return switch (collection) {
            case Relationship pointing -> reference(base, pointing.lookup()).eq(holder);
            case LinkedCollection linked -> {
                RecordColumns link = RecordColumns.of(linked.link(), aliases.next());
                yield base.id()
                        .in(DSL.select(reference(link, linked.far()))
                                .from(link.table())
                                .where(link.live(tenant()))
                                .and(Reach.of(access, linked.link(), Privilege.READ)
                                        .each(link))
                                .and(reference(link, linked.near()).eq(holder)));
            }
        };
    }

    private static Field<UUID> reference(RecordColumns columns, FieldDefinition lookup) {
        return columns.field(lookup).coerce(UUID.class);
    }

    /// Returns what is computed for the formula: one name for one text, however often a statement says it.
    private Field<?> formula(Value.Path path, FieldDefinition field) {
        List<String> names = new ArrayList<>();
        path.lookups().forEach(step -> names.add(step.lookup().name()));
        names.add(field.name());
        Field<?> known = formulas.get(names);
        if (known != null) {
            return known;
        }
        Field<?> computed = new FormulaCompiler(this, reader).stored(path, field);
        String alias = aliases.next();
        from = from.crossJoin(DSL.lateral(DSL.select(computed.as("v")).asTable(alias)));
        Field<?> named = DSL.field(DSL.name(alias, "v"), computed.getDataType());
        formulas.put(names, named);
        return named;
    }

    /// Returns the columns to select for the fields of the entity, in the form that [RecordColumns#read] takes.
    List<Field<?>> selection(Collection<FieldDefinition> fields) {
        List<Field<?>> columns = new ArrayList<>(base.selection(fields));
        for (FieldDefinition field : fields) {
            if (field.virtual()) {
                Value.Path path = new Value.Path(level, List.of(), new Property.OfField(field));
                columns.add(column(path).as(RecordColumns.computedName(field)));
            }
        }
        return columns;
    }

    /// Returns the tables with all joins that were needed so far: ask last.
    Table<?> from() {
        return from;
    }

    Condition wanted() {
        Reach reach = Reach.of(access, base.entity(), Privilege.READ);
        return base.belongsTo(tenant())
                .and(base.state().eq(DSL.inline(state)))
                .and(reached == Reached.BY_SEARCHING ? reach.among(base) : reach.each(base));
    }

    private Source at(int wanted) {
        return wanted < level && enclosing != null ? enclosing.at(wanted) : this;
    }

    private RecordColumns follow(List<Value.Path.Step> lookups) {
        if (lookups.isEmpty()) {
            return base;
        }
        List<String> names = lookups.stream()
                .map(step -> step.lookup().name() + "/" + step.target().name())
                .toList();
        RecordColumns known = joined.get(names);
        return known != null ? known : join(names, lookups);
    }

    private RecordColumns join(List<String> names, List<Value.Path.Step> lookups) {
        RecordColumns parent = follow(lookups.subList(0, lookups.size() - 1));
        Value.Path.Step last = lookups.getLast();
        RecordColumns target = RecordColumns.of(last.target(), aliases.next());
        Field<UUID> reference = parent.field(last.lookup()).coerce(UUID.class);
        from = from.leftJoin(target.table())
                .on(target.live(tenant())
                        .and(target.id().eq(reference))
                        .and(Reach.of(access, last.target(), Privilege.READ).each(target)));
        joined.put(names, target);
        return target;
    }
}
