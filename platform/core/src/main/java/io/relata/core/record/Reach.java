package io.relata.core.record;

import io.relata.core.access.AccessTables;
import io.relata.core.access.CallerAccess;
import io.relata.core.access.Level;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.RecordCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The records of an entity with which a caller may do something, as a condition of SQL. Each way by which a caller
/// reaches records is one part: it is the owner, a share, the rules.
///
/// There are two forms. [#among] looks for records by each way and takes what was found together: for statements that
/// go through an entity's records. [#each] asks of one record after the other: for those that have been found already,
/// by id or by what points to them. Where a caller reaches all records, neither costs anything.
public final class Reach {

    private final CallerAccess access;
    private final EntityDefinition entity;
    private final Privilege privilege;
    private final Level level;

    private Reach(CallerAccess access, EntityDefinition entity, Privilege privilege) {
        this.access = access;
        this.entity = entity;
        this.privilege = privilege;
        this.level = access.level(entity, privilege);
    }

    public static Reach of(CallerAccess access, EntityDefinition entity, Privilege privilege) {
        return new Reach(access, entity, privilege);
    }

    /// Returns whether the caller reaches every record.
    public boolean all() {
        return level == Level.TENANT;
    }

    /// Returns the condition for a statement that goes through records.
    public Condition among(RecordColumns columns) {
        return among(columns.id());
    }

    /// Returns the condition for a statement that goes through something with ids of records.
    public Condition among(Field<UUID> record) {
        if (all() || level == Level.NONE) {
            return trivial();
        }
        RecordColumns own = RecordColumns.of(entity, "reached");
        List<Select<Record1<UUID>>> ways = new ArrayList<>();
        ways.add(found(own, own.ownerId().eq(DSL.any(owners()))));
        if (byUnit()) {
            ways.add(found(own, inUnits(own)));
        }
        if (shareable()) {
            ways.add(DSL.select(AccessTables.Share.RECORD)
                    .from(AccessTables.Share.TABLE)
                    .where(shared()));
            rules(own).ifPresent(rules -> ways.add(found(own, rules)));
        }
        Select<Record1<UUID>> all = ways.stream().reduce(Select::unionAll).orElseThrow();
        return record.in(all);
    }

    /// Returns the condition for records that have been found otherwise.
    public Condition each(RecordColumns columns) {
        Condition reached = whateverItsValues(columns);
        boolean ruled = !all() && level != Level.NONE && shareable();
        return ruled ? rules(columns).map(reached::or).orElse(reached) : reached;
    }

    private Condition whateverItsValues(RecordColumns columns) {
        if (all() || level == Level.NONE) {
            return trivial();
        }
        Condition reached = columns.ownerId().eq(DSL.any(owners()));
        if (byUnit()) {
            reached = reached.or(inUnits(columns));
        }
        if (shareable()) {
            reached = reached.or(DSL.exists(DSL.selectOne()
                    .from(AccessTables.Share.TABLE)
                    .where(shared())
                    .and(AccessTables.Share.RECORD.eq(columns.id()))));
        }
        return reached;
    }

    /// Returns those of the records that are reached no more once they have the values, by field name: what reached
    /// them was a rule that no longer meets them.
    Set<UUID> lost(DSLContext sql, Map<UUID, Map<String, @Nullable Object>> after) {
        Set<UUID> lost = new HashSet<>();
        if (all() || rules().findAny().isEmpty()) {
            return lost;
        }
        after.forEach((id, values) -> {
            if (rules().noneMatch(rule -> rule.matches(values))) {
                lost.add(id);
            }
        });
        lost.removeAll(those(sql, lost, this::whateverItsValues));
        return lost;
    }

    /// Returns the condition that a record is reached, by its id, whether it is deleted or not.
    public Condition holds(Field<UUID> record) {
        if (all()) {
            return DSL.noCondition();
        }
        RecordColumns own = RecordColumns.of(entity, "reached");
        return DSL.exists(DSL.selectOne()
                .from(own.table())
                .where(own.belongsTo(access.tenant()))
                .and(own.id().eq(record))
                .and(each(own)));
    }

    /// Returns those of the records that are reached, whether they are deleted or not.
    public Set<UUID> of(DSLContext sql, Collection<UUID> ids) {
        if (all() || ids.isEmpty()) {
            return new HashSet<>(ids);
        }
        return those(sql, ids, this::each);
    }

    private Set<UUID> those(DSLContext sql, Collection<UUID> ids, Function<RecordColumns, Condition> which) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        RecordColumns columns = RecordColumns.of(entity);
        return new HashSet<>(sql.select(columns.id())
                .from(columns.table())
                .where(columns.belongsTo(access.tenant()))
                .and(columns.id().eq(DSL.any(ids.toArray(UUID[]::new))))
                .and(which.apply(columns))
                .fetch(columns.id()));
    }

    private Condition trivial() {
        return all() ? DSL.noCondition() : DSL.falseCondition();
    }

    private UUID[] owners() {
        List<UUID> owners = new ArrayList<>(level == Level.OWN ? List.of(access.user()) : access.principals());
        owners.addAll(access.reports().reached(privilege));
        return owners.toArray(UUID[]::new);
    }

    private boolean byUnit() {
        return !access.units(level).isEmpty();
    }

    private Condition inUnits(RecordColumns columns) {
        return columns.ownerId()
                .in(DSL.select(AccessTables.Principal.ID)
                        .from(AccessTables.Principal.TABLE)
                        .where(AccessTables.Principal.TENANT.eq(access.tenant()))
                        .and(AccessTables.Principal.UNIT.eq(
                                DSL.any(access.units(level).toArray(UUID[]::new)))));
    }

    /// Whoever is shown a record may read it or change it, but neither delete it nor give it on.
    private boolean shareable() {
        return privilege == Privilege.READ || privilege == Privilege.UPDATE;
    }

    private Condition shared() {
        Condition shared = AccessTables.Share.TENANT
                .eq(access.tenant())
                .and(AccessTables.Share.ENTITY.eq(entity.id()))
                .and(AccessTables.Share.PRINCIPAL.eq(DSL.any(access.principals().toArray(UUID[]::new))))
                .and(AccessTables.Share.UNTIL.isNull().or(AccessTables.Share.UNTIL.gt(DSL.currentOffsetDateTime())));
        return privilege == Privilege.READ ? shared : shared.and(AccessTables.Share.LEVEL.eq(DSL.inline("update")));
    }

    private Stream<RecordCondition> rules() {
        return access.rules().stream()
                .filter(rule -> rule.entity().equals(entity.id()))
                .filter(rule -> privilege == Privilege.READ || rule.updatable())
                .flatMap(rule -> rule.condition(entity.whole()).stream());
    }

    private Optional<Condition> rules(RecordColumns columns) {
        return rules().map(condition -> condition(columns, condition)).reduce(Condition::or);
    }

    private static Condition condition(RecordColumns columns, RecordCondition condition) {
        return ConditionSql.matches(columns, condition);
    }

    private Select<Record1<UUID>> found(RecordColumns own, Condition condition) {
        return DSL.select(own.id())
                .from(own.table())
                .where(own.belongsTo(access.tenant()))
                .and(condition);
    }
}
