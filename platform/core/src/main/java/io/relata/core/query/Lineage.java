package io.relata.core.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import java.util.UUID;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/// Finds the records that stand under or above a record, level by level. No record is looked at twice, so that it ends
/// even in a loop from before the lookup said what a record stands under.
final class Lineage {

    private static final Table<?> FOUND = table(name("found"));
    private static final Field<UUID> ID = field(name("found", "id"), UUID.class);
    private static final Field<UUID> PARENT = field(name("found", "parent"), UUID.class);

    private final Filter.Standing standing;
    private final CallerAccess access;
    private final RecordColumns start;
    private final RecordColumns next;

    private Lineage(Filter.Standing standing, CallerAccess access) {
        this.standing = standing;
        this.access = access;
        this.start = RecordColumns.of(standing.entity(), "start");
        this.next = RecordColumns.of(standing.entity(), "next");
    }

    /// Returns the ids of all the records that stand where the condition wants them.
    ///
    /// @param access what the caller may read: the way leads over no other records, or it would tell of them
    static Select<?> of(Filter.Standing standing, CallerAccess access) {
        Lineage lineage = new Lineage(standing, access);
        CommonTableExpression<Record2<UUID, UUID>> found = switch (standing.way()) {
            case UNDER -> lineage.down(lineage.parent(lineage.start));
            case UNDER_OR_SELF -> lineage.down(lineage.start.id());
            case ABOVE, ABOVE_OR_SELF -> lineage.up();
        };
        Condition wanted = standing.way() == Filter.Way.ABOVE ? ID.ne(standing.other()) : DSL.noCondition();
        return DSL.withRecursive(found).select(ID).from(FOUND).where(wanted);
    }

    /// @param begins what leads to the other record in those to begin with
    private CommonTableExpression<Record2<UUID, UUID>> down(Field<UUID> begins) {
        return found(begins, parent(next).eq(ID));
    }

    private CommonTableExpression<Record2<UUID, UUID>> up() {
        return found(start.id(), next.id().eq(PARENT));
    }

    private CommonTableExpression<Record2<UUID, UUID>> found(Field<UUID> begins, Condition leads) {
        return name("found")
                .fields("id", "parent")
                .as(DSL.select(start.id(), parent(start))
                        .from(start.table())
                        .where(readable(start))
                        .and(begins.eq(standing.other()))
                        .union(DSL.select(next.id(), parent(next))
                                .from(FOUND)
                                .join(next.table())
                                .on(readable(next).and(leads))));
    }

    private Condition readable(RecordColumns columns) {
        return columns.live(access.tenant())
                .and(Reach.of(access, standing.entity(), Privilege.READ).each(columns));
    }

    private Field<UUID> parent(RecordColumns columns) {
        return columns.field(standing.lookup()).coerce(UUID.class);
    }
}
