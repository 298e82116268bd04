package io.relata.core.search;

import static io.relata.core.search.SearchTables.SPELLING;
import static io.relata.core.search.SearchTables.TENANT;
import static io.relata.core.search.SearchTables.TERM;
import static io.relata.core.search.SearchTables.WORD;

import io.relata.core.access.CallerAccess;
import io.relata.core.access.Privilege;
import io.relata.core.metadata.EntityDefinition;
import io.relata.core.record.Reach;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// Finds out how rare the words of a search are, and takes those that nothing has for misspellings of others. At most
/// three statements.
public final class SearchPlanner {

    /// Up to here counts are exact.
    static final int CAP = 1_000;

    private static final int MOST_LIKE_ONE = 8;

    /// Follows every character that a text can hold, as bytes compare.
    private static final String LAST = "\uDBFF\uDFFF";

    /// Of a row of the index.
    static final Field<UUID> RECORD = DSL.field(DSL.name("search_term", "record_id"), SQLDataType.UUID);

    private static final Field<String> TERM_TEXT = DSL.field(DSL.name("search_term", "term"), SQLDataType.CLOB);

    private final DSLContext sql;
    private final UUID tenant;
    private final Map<UUID, Reach> reaches;

    private SearchPlanner(DSLContext sql, UUID tenant, Map<UUID, Reach> reaches) {
        this.sql = sql;
        this.tenant = tenant;
        this.reaches = Map.copyOf(reaches);
    }

    /// Returns what the caller may read of each of the entities.
    static Map<UUID, Reach> reaches(CallerAccess access, Collection<EntityDefinition> entities) {
        Map<UUID, Reach> reaches = new LinkedHashMap<>();
        entities.forEach(entity -> reaches.put(entity.id(), Reach.of(access, entity, Privilege.READ)));
        return reaches;
    }

    /// Plans a search among the records of the entities that the caller may read, as the caller sees them: words that
    /// only other records have are words that nothing has.
    public static SearchPlan plan(
            DSLContext sql, CallerAccess access, Collection<EntityDefinition> entities, Search search) {
        SearchPlan unplanned = SearchPlan.unplanned(search, entities);
        boolean all = unplanned.byName().isEmpty() && unplanned.never().isEmpty();
        return all ? new SearchPlanner(sql, access.tenant(), reaches(access, entities)).plan(search) : unplanned;
    }

    /// Returns the words of each alternative; what has neither letter nor digit is none.
    static List<List<Need>> needs(Search search) {
        List<List<Need>> alternatives = new ArrayList<>();
        for (List<Search.Word> words : search.alternatives()) {
            alternatives.add(words.stream()
                    .map(Need::of)
                    .filter(need -> !need.forms().isEmpty())
                    .toList());
        }
        return alternatives;
    }

    private SearchPlan plan(Search search) {
        List<List<Need>> alternatives = needs(search);
        Found found = count(alternatives.stream().flatMap(List::stream).toList());
        Map<String, Need> corrected = corrected(alternatives.stream()
                .flatMap(List::stream)
                .filter(need -> !need.absent() && found.nowhere(need))
                .toList());
        found.addAll(count(corrected.values()));
        corrected.values().removeIf(found::nowhere);
        return new SearchPlan(
                alternatives.stream()
                        .map(needs -> needs.stream()
                                .map(need -> need.absent() ? need : corrected.getOrDefault(need.text(), need))
                                .toList())
                        .toList(),
                found,
                Set.of(),
                Set.of());
    }

    private Found count(Collection<Need> needs) {
        Set<Form.Range> ranges = new LinkedHashSet<>();
        needs.stream()
                .filter(need -> !need.absent())
                .flatMap(need -> need.forms().stream())
                .forEach(form -> ranges.addAll(form.ranges()));
        Found found = new Found();
        if (ranges.isEmpty() || reaches.isEmpty()) {
            return found;
        }
        List<UUID> whole = new ArrayList<>();
        List<Select<Record>> selects = new ArrayList<>();
        reaches.forEach((entity, reach) -> {
            if (reach.all()) {
                whole.add(entity);
            } else {
                selects.add(counts(List.of(entity), reach.among(RECORD), ranges));
            }
        });
        if (!whole.isEmpty()) {
            selects.add(counts(whole, DSL.noCondition(), ranges));
        }
        for (Record row : sql.fetch(selects.stream().reduce(Select::unionAll).orElseThrow())) {
            int column = 1;
            for (Form.Range range : ranges) {
                found.add(row.get(0, UUID.class), range, row.get(column++, Integer.class));
            }
        }
        return found;
    }

    /// @param reached of a row of the index, that the caller may read the record
    private Select<Record> counts(List<UUID> entities, Condition reached, Set<Form.Range> ranges) {
        Field<UUID> entity = DSL.field(DSL.name("asked", "entity"), SQLDataType.UUID);
        List<Field<?>> columns = new ArrayList<>(List.of(entity));
        for (Form.Range range : ranges) {
            columns.add(DSL.field(DSL.selectCount()
                            .from(DSL.selectOne()
                                    .from(TERM)
                                    .where(TENANT.eq(tenant))
                                    .and(DSL.field(DSL.name("search_term", "entity_id"), SQLDataType.UUID)
                                            .eq(entity))
                                    .and(within(range))
                                    .and(reached)
                                    .limit(CAP + 1)))
                    .as("c" + columns.size()));
        }
        return DSL.select(columns).from(DSL.table("unnest({0}) as asked (entity)", SearchTables.ids(entities)));
    }

    static Condition within(Form.Range range) {
        return range.prefix()
                ? TERM_TEXT.ge(range.term()).and(TERM_TEXT.lt(range.term() + LAST))
                : TERM_TEXT.eq(range.term());
    }

    /// Returns the words, by their text, that others were found for.
    private Map<String, Need> corrected(List<Need> unknown) {
        Map<String, Need> corrected = new LinkedHashMap<>();
        Map<String, Need> words = new LinkedHashMap<>();
        for (Need need : unknown) {
            List<Token> tokens = Tokens.of(need.text());
            if (tokens.size() == 1 && Spelling.comparable(tokens.getFirst().text())) {
                words.put(tokens.getFirst().text(), need);
            }
        }
        if (words.isEmpty()) {
            return corrected;
        }
        Set<String> known = filedWith(words.keySet());
        words.forEach((word, need) -> {
            Set<String> near = new LinkedHashSet<>();
            known.stream()
                    .filter(other -> Spelling.near(word, other))
                    .limit(MOST_LIKE_ONE)
                    .forEach(near::add);
            if (!near.isEmpty()) {
                corrected.put(need.text(), need.spelled(Form.ofAny(near)));
            }
        });
        return corrected;
    }

    private Set<String> filedWith(Collection<String> words) {
        Set<String> keys = new LinkedHashSet<>();
        words.forEach(word -> keys.addAll(Spelling.keys(word)));
        Field<String> key = DSL.field(DSL.name("key"), SQLDataType.CLOB);
        return new LinkedHashSet<>(sql.selectDistinct(WORD)
                .from(SPELLING)
                .where(TENANT.eq(tenant))
                .and(key.eq(DSL.any(SearchTables.texts(keys))))
                .orderBy(WORD)
                .limit(CAP)
                .fetch(WORD));
    }
}
