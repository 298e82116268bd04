package io.relata.core.record;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Ties again what was tied before: the deleted link comes back with its id and its history, rather than a second one
/// being made.
final class Relinks {

    private final WriteTransaction tx;
    private final EntityDefinition entity;
    private final FieldDefinition one;
    private final FieldDefinition other;

    private Relinks(WriteTransaction tx, EntityDefinition entity, Link link) {
        this.tx = tx;
        this.entity = entity;
        this.one = entity.field(link.one().lookup()).orElseThrow();
        this.other = entity.field(link.other().lookup()).orElseThrow();
    }

    private record Pair(UUID one, UUID other) {}

    /// Gives new links of pairs that a deleted one ties the place of that one; one statement, and none for entities
    /// that are no links.
    static void find(WriteTransaction tx, EntityDefinition entity, List<RecordDraft> drafts) {
        Link link = entity.link();
        boolean whole = link != null
                && link.ends().stream()
                        .allMatch(end -> entity.field(end.lookup()).isPresent());
        if (link != null && whole) {
            new Relinks(tx, entity, link).find(drafts);
        }
    }

    private void find(List<RecordDraft> drafts) {
        Map<Pair, RecordDraft> wanted = new LinkedHashMap<>();
        for (RecordDraft draft : drafts) {
            if (draft.isNew()
                    && draft.sent(one.name()) instanceof UUID near
                    && draft.sent(other.name()) instanceof UUID far) {
                wanted.putIfAbsent(new Pair(near, far), draft);
            }
        }
        if (!wanted.isEmpty()) {
            deleted(List.copyOf(wanted.keySet())).forEach(record -> {
                RecordDraft draft = wanted.remove(pair(record));
                if (draft != null) {
                    draft.revive(record);
                }
            });
        }
    }

    /// Returns the deleted links of the pairs, the latest first, locked.
    private List<RecordData> deleted(List<Pair> pairs) {
        RecordColumns columns = RecordColumns.of(entity);
        Field<UUID> near = columns.field(one).coerce(UUID.class);
        Field<UUID> far = columns.field(other).coerce(UUID.class);
        UUID[] ones = pairs.stream().map(Pair::one).toArray(UUID[]::new);
        UUID[] others = pairs.stream().map(Pair::other).toArray(UUID[]::new);
        Condition among = DSL.row(near, far)
                .in(DSL.select(
                                DSL.field(DSL.name("w", "one"), SQLDataType.UUID),
                                DSL.field(DSL.name("w", "other"), SQLDataType.UUID))
                        .from("unnest({0}, {1}) as w(one, other)", DSL.val(ones), DSL.val(others)));
        List<RecordData> found = new ArrayList<>(tx.sql()
                .select(columns.selection())
                .from(columns.table())
                .where(columns.belongsTo(tx.tenant()))
                .and(columns.state().eq(DSL.inline(RecordColumns.DELETED)))
                .and(near.isNotNull())
                .and(near.eq(DSL.any(ones)))
                .and(among)
                .orderBy(columns.id())
                .forUpdate()
                .fetch(columns::read));
        found.sort((first, second) -> second.updatedAt().compareTo(first.updatedAt()));
        return found;
    }

    private @Nullable Pair pair(RecordData record) {
        return record.value(one.name()) instanceof UUID near && record.value(other.name()) instanceof UUID far
                ? new Pair(near, far)
                : null;
    }
}
