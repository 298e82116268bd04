package io.relata.core.search;

import static io.relata.core.search.SearchTables.DOCUMENT;
import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.RECORD;
import static io.relata.core.search.SearchTables.SOURCE;
import static io.relata.core.search.SearchTables.TENANT;
import static io.relata.core.search.SearchTables.TEXT;

import io.relata.core.record.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record2;
import org.jooq.Record5;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/// Fetches the best hits of some entities, by one statement.
///
/// The better a hit, the smaller its score: what was typed before what only begins so before what is only like it, in
/// the name before elsewhere, names that begin with it first; among equals the youngest record first.
final class HitStatement {

    /// Of the records that one word found and the caller may read; their texts are looked at for the other words.
    private static final int MOST_LOOKED_AT = 20_000;

    private static final int EXACT_ELSEWHERE = 2;
    private static final int BEGINNING_OF_NAME_WORD = 3;
    private static final int BEGINNING_ELSEWHERE = 5;
    private static final int MISSPELT = 6;

    private static final Field<String> SAYS = DSL.field(DSL.name("says"), SQLDataType.CLOB);
    private static final Field<String> NAME = SearchConditions.name(SAYS);
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<Integer> SCORE = DSL.field(DSL.name("score"), SQLDataType.INTEGER);
    private static final Field<UUID> OF = DSL.field(DSL.name("entity"), SQLDataType.UUID);
    private static final Field<Boolean> WHOLE = DSL.field(DSL.name("whole"), SQLDataType.BOOLEAN);
    private static final Field<Integer> TOTAL = DSL.field(DSL.name("total"), SQLDataType.INTEGER);

    private final SearchPlan plan;
    private final UUID tenant;
    private final Map<UUID, Reach> reaches;
    private final int most;
    private final @Nullable Place after;

    /// Where a hit stands among those of its entity.
    record Place(int score, UUID id) {}

    /// An entity's best hits.
    ///
    /// @param total how many there are, of those looked at
    /// @param all   whether all were looked at
    record Hits(List<Place> places, int total, boolean all) {}

    /// @param reaches what the caller may read of each entity
    /// @param after   behind which the hits are wanted; `null` for the best
    HitStatement(SearchPlan plan, UUID tenant, Map<UUID, Reach> reaches, int most, @Nullable Place after) {
        this.plan = plan;
        this.tenant = tenant;
        this.reaches = Map.copyOf(reaches);
        this.most = most;
        this.after = after;
    }

    /// Returns the hits of those entities that have any.
    Map<UUID, Hits> fetch(DSLContext sql, List<UUID> entities) {
        List<Select<Record5<UUID, UUID, Integer, Integer, Boolean>>> selects = new ArrayList<>();
        entities.forEach(entity -> ranked(entity).ifPresent(ranked -> selects.add(best(entity, ranked))));
        Map<UUID, Hits> hits = new LinkedHashMap<>();
        selects.stream()
                .reduce(Select::unionAll)
                .ifPresent(select -> sql.fetch(select)
                        .forEach(row -> hits.computeIfAbsent(
                                        row.value1(),
                                        entity ->
                                                new Hits(new ArrayList<>(), row.value4(), row.value5() && all(entity)))
                                .places()
                                .add(new Place(row.value3(), row.value2()))));
        hits.values()
                .forEach(found -> found.places()
                        .sort((one, other) -> one.score() != other.score()
                                ? Integer.compare(one.score(), other.score())
                                : other.id().toString().compareTo(one.id().toString())));
        return hits;
    }

    private boolean all(UUID entity) {
        return plan.possible(entity).stream()
                .flatMap(needs -> plan.rarest(entity, needs).stream())
                .allMatch(need -> plan.most(entity, need) <= SearchPlanner.CAP);
    }

    private Select<Record5<UUID, UUID, Integer, Integer, Boolean>> best(
            UUID entity, Select<Record2<UUID, Integer>> ranked) {
        Table<?> each = DSL.select(ID, DSL.min(SCORE).as(SCORE))
                .from(ranked.asTable("ranked"))
                .groupBy(ID)
                .asTable("each");
        Table<?> counted =
                DSL.select(ID, SCORE, DSL.count().over().as(TOTAL)).from(each).asTable("counted");
        Condition behind = after == null
                ? DSL.noCondition()
                : SCORE.gt(after.score()).or(SCORE.eq(after.score()).and(ID.lt(after.id())));
        return DSL.select(
                        DSL.val(entity, SQLDataType.UUID).as(OF),
                        ID,
                        SCORE,
                        TOTAL,
                        lookedAtAll(entity).as(WHOLE))
                .from(counted)
                .where(behind)
                .orderBy(SCORE, ID.desc())
                .limit(most);
    }

    /// Where nobody counted the words beforehand, the records are counted that would be looked at.
    private Field<Boolean> lookedAtAll(UUID entity) {
        if (!plan.byName(entity)) {
            return DSL.inline(true);
        }
        return DSL.field(DSL.and(plan.possible(entity).stream()
                .flatMap(needs -> plan.rarest(entity, needs).stream())
                .map(need -> DSL.field(DSL.selectCount()
                                .from(candidates(entity, need, MOST_LOOKED_AT).asTable("looked")))
                        .lt(MOST_LOOKED_AT))
                .toList()));
    }

    private Select<Record1<UUID>> candidates(UUID entity, Need need, int most) {
        Condition reached = Objects.requireNonNull(reaches.get(entity)).among(SearchPlanner.RECORD);
        return new SearchConditions(plan, tenant, entity, reached).candidates(need, Optional.of(most));
    }

    private Optional<Select<Record2<UUID, Integer>>> ranked(UUID entity) {
        return plan.possible(entity).stream()
                .flatMap(needs -> plan.rarest(entity, needs).map(rarest -> ranked(entity, needs, rarest)).stream())
                .reduce(Select::unionAll);
    }

    private Select<Record2<UUID, Integer>> ranked(UUID entity, List<Need> needs, Need rarest) {
        boolean found = needs.size() == 1 && SearchConditions.sure(rarest) && !plan.byName(entity);
        Select<Record1<UUID>> candidates = candidates(entity, rarest, found ? SearchPlanner.CAP + 1 : MOST_LOOKED_AT);
        Field<UUID> record = DSL.field(DSL.name("candidate", "record_id"), SQLDataType.UUID);
        Table<?> distinct =
                DSL.selectDistinct(RECORD).from(candidates.asTable("found")).asTable("candidate");
        Field<String> text =
                DSL.field("string_agg({0}, {1} order by {2})", SQLDataType.CLOB, TEXT, DSL.inline("\n"), SOURCE);
        Table<?> texts = DSL.lateral(DSL.select((plan.byName(entity) ? SearchConditions.name(text) : text).as(SAYS))
                        .from(DOCUMENT)
                        .where(TENANT.eq(tenant))
                        .and(ENTITY.eq(entity))
                        .and(plan.byName(entity) ? SOURCE.eq(SearchIndex.FIELDS) : DSL.noCondition())
                        .and(DSL.field(DSL.name("search_document", "record_id"), SQLDataType.UUID)
                                .eq(record)))
                .as("texts");
        return DSL.select(record.as(ID), score(needs).as(SCORE))
                .from(distinct)
                .crossJoin(texts)
                .where(SearchConditions.proven(needs, SAYS));
    }

    private static Field<Integer> score(List<Need> needs) {
        List<Need> present = needs.stream().filter(need -> !need.absent()).toList();
        Field<Integer> score = DSL.inline(0);
        for (Need need : present) {
            score = score.plus(score(need));
        }
        List<Condition> first = present.getFirst().forms().stream()
                .map(form -> " " + form.proofs().getFirst().strip())
                .map(start ->
                        DSL.position(SAYS, DSL.val(start, SQLDataType.CLOB)).eq(DSL.inline(1)))
                .toList();
        return score.times(DSL.inline(2))
                .plus(DSL.when(DSL.or(first), DSL.inline(0)).otherwise(DSL.inline(1)));
    }

    private static Field<Integer> score(Need need) {
        int base = need.misspelt() ? MISSPELT : 0;
        return DSL.when(SearchConditions.anyForm(need, Form::exact, NAME), DSL.inline(base))
                .when(SearchConditions.anyForm(need, Form::exact, SAYS), DSL.inline(base + EXACT_ELSEWHERE))
                .when(SearchConditions.anyForm(need, Form::proofs, NAME), DSL.inline(base + BEGINNING_OF_NAME_WORD))
                .otherwise(DSL.inline(base + BEGINNING_ELSEWHERE));
    }
}
