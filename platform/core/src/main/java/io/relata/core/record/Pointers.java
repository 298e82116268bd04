package io.relata.core.record;

import io.relata.core.metadata.Relationship;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectLimitPercentStep;
import org.jooq.impl.DSL;

/// The live records that point to some others by a relationship.
record Pointers(WriteTransaction tx, RecordColumns columns, Condition condition) {

    static Pointers of(WriteTransaction tx, Relationship by, UUID[] targets) {
        RecordColumns columns = RecordColumns.of(by.from());
        Field<UUID> lookup = columns.field(by.lookup()).coerce(UUID.class);
        Condition condition = columns.live(tx.tenant()).and(lookup.isNotNull()).and(lookup.eq(DSL.any(targets)));
        return new Pointers(tx, columns, condition);
    }

    List<UUID> ids(int most) {
        return tx.sql()
                .select(columns.id())
                .from(columns.table())
                .where(condition)
                .orderBy(columns.id())
                .limit(most)
                .fetch(columns.id());
    }

    /// Returns the records, locked: others may point to them meanwhile.
    List<RecordData> toChange(int most) {
        return records(most).forNoKeyUpdate().fetch(columns::read);
    }

    /// Returns the records, locked: nobody can begin to point to them meanwhile.
    List<RecordData> toMove(int most) {
        return records(most).forUpdate().fetch(columns::read);
    }

    private SelectLimitPercentStep<Record> records(int most) {
        return tx.sql()
                .select(columns.selection())
                .from(columns.table())
                .where(condition)
                .orderBy(columns.id())
                .limit(most);
    }
}
