package io.relata.core.imports;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.Link;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Finds the ties that rows are about by the pairs they tie: a pair is tied once, so that it names its tie without any
/// other key.
///
/// @param one   an end of the link
/// @param other the other end
record PairMatcher(EntityDefinition link, FieldDefinition one, FieldDefinition other) {

    /// Returns how ties are found; nothing when the rows are of no link, name a key, or leave an end out.
    static Optional<PairMatcher> of(ImportPlan plan) {
        Link link = plan.entity().link();
        if (link == null || plan.key() != null) {
            return Optional.empty();
        }
        Optional<PlannedColumn> one = plan.filling(link.one().lookup());
        Optional<PlannedColumn> other = plan.filling(link.other().lookup());
        return one.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of(new PairMatcher(
                        plan.entity(), one.get().field(), other.get().field()));
    }

    /// Returns what names the pair of a row; `null` when it has none.
    @Nullable
    String key(Map<String, @Nullable Object> values) {
        Object near = values.get(one.property());
        Object far = values.get(other.property());
        return near == null || far == null ? null : key(near, far);
    }

    private static String key(Object near, Object far) {
        return near + "|" + far;
    }

    /// Returns the ties of the pairs that the caller may read.
    Map<String, List<UUID>> match(DSLContext sql, CallerAccess access, Collection<String> keys) {
        RecordColumns columns = RecordColumns.of(link);
        Field<UUID> near = columns.field(one).coerce(UUID.class);
        Field<UUID> far = columns.field(other).coerce(UUID.class);
        Set<String> wanted = new HashSet<>(keys);
        List<UUID> ones = new ArrayList<>();
        List<UUID> others = new ArrayList<>();
        wanted.forEach(key -> {
            String[] ends = key.split("\\|", 2);
            id(ends[0])
                    .ifPresent(first -> id(ends[1]).ifPresent(second -> {
                        ones.add(first);
                        others.add(second);
                    }));
        });
        Map<String, List<UUID>> found = new HashMap<>();
        sql.select(near, far, columns.id())
                .from(columns.table())
                .where(columns.live(access.tenant()))
                .and(Reach.of(access, link, Privilege.READ).each(columns))
                .and(near.eq(DSL.any(ones.toArray(UUID[]::new))))
                .and(far.eq(DSL.any(others.toArray(UUID[]::new))))
                .forEach(row -> {
                    String key = key(row.value1(), row.value2());
                    if (wanted.contains(key)) {
                        found.computeIfAbsent(key, pair -> new ArrayList<>()).add(row.value3());
                    }
                });
        return found;
    }

    /// What is no id ties nothing; the record's validation says so.
    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
