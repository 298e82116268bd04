package io.relata.core.imports;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.imports.PlannedColumn.Lookup;
import io.relata.core.record.Reach;
import io.relata.core.record.RecordColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Finds the records that names in a file mean, all names of a batch at once. A name that only a record has which the
/// caller may not read means nothing, as if there were none.
///
/// A name written exactly as the record has it goes through the index. Only names not found so are compared
/// without regard to case, which no index can serve under row-level security. What was found is kept for the
/// next batches; what was not is looked for again, because a batch may create it.
final class LookupResolver {

    private static final int REMEMBERED = 20_000;

    private final Lookup lookup;
    private final Map<String, Found> memory = new Memory();

    LookupResolver(Lookup lookup) {
        this.lookup = lookup;
    }

    /// What a name means.
    sealed interface Found {}

    /// Exactly one record.
    record One(UUID id) implements Found {}

    /// No record.
    record None() implements Found {}

    /// Several records.
    record Many() implements Found {}

    /// Returns what each name means.
    Map<String, Found> resolve(DSLContext sql, CallerAccess access, Collection<String> names) {
        Map<String, Found> found = new HashMap<>();
        Set<String> open = new HashSet<>();
        for (String name : names) {
            Found remembered = memory.get(name);
            if (remembered == null) {
                open.add(name);
            } else {
                found.put(name, remembered);
            }
        }
        find(sql, access, open, true, found);
        open.removeAll(found.keySet());
        find(sql, access, open, false, found);
        open.removeAll(found.keySet());
        found.forEach((name, what) -> {
            if (what instanceof One) {
                memory.put(name, what);
            }
        });
        open.forEach(name -> found.put(name, new None()));
        return found;
    }

    private void find(
            DSLContext sql, CallerAccess access, Set<String> names, boolean exactly, Map<String, Found> found) {
        if (names.isEmpty()) {
            return;
        }
        Map<String, List<UUID>> ids = new HashMap<>();
        var rows = exactly ? exact(sql, access, names) : ignoringCase(sql, access, names);
        rows.forEach(row ->
                ids.computeIfAbsent(row.value1(), value -> new ArrayList<>()).add(row.value2()));
        ids.forEach((name, records) -> found.put(name, records.size() == 1 ? new One(records.getFirst()) : new Many()));
    }

    private List<Record2<String, UUID>> exact(DSLContext sql, CallerAccess access, Set<String> names) {
        RecordColumns target = RecordColumns.of(lookup.target());
        Field<String> name = name(target);
        return sql.select(name, target.id())
                .from(target.table())
                .where(readable(access, target))
                .and(name.eq(DSL.any(names.toArray(String[]::new))))
                .fetch();
    }

    private List<Record2<String, UUID>> ignoringCase(DSLContext sql, CallerAccess access, Set<String> names) {
        RecordColumns target = RecordColumns.of(lookup.target());
        Table<?> wanted = DSL.unnest(names.toArray(String[]::new)).as("wanted", "name");
        Field<String> wantedName = DSL.field(DSL.name("wanted", "name"), SQLDataType.CLOB);
        return sql.select(wantedName, target.id())
                .from(wanted)
                .join(target.table())
                .on(folded(name(target)).eq(folded(wantedName)))
                .where(readable(access, target))
                .fetch();
    }

    private Condition readable(CallerAccess access, RecordColumns target) {
        return target.live(access.tenant())
                .and(Reach.of(access, lookup.target(), Privilege.READ).each(target));
    }

    @SuppressWarnings("unchecked") // a match field is a text: the planner has made sure
    private Field<String> name(RecordColumns target) {
        return (Field<String>) target.field(lookup.match());
    }

    /// The slots' own collation knows the case of ASCII letters only.
    private static Field<String> folded(Field<String> text) {
        return DSL.lower(text.collate("pg_c_utf8"));
    }

    /// The names used last.
    private static final class Memory extends LinkedHashMap<String, Found> {

        private static final long serialVersionUID = 1L;

        Memory() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Found> eldest) {
            return size() > REMEMBERED;
        }
    }
}
