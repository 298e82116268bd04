package io.relata.core.search;

import static io.relata.core.search.SearchTables.DOCUMENT;
import static io.relata.core.search.SearchTables.ENTITY;
import static io.relata.core.search.SearchTables.RECORD;
import static io.relata.core.search.SearchTables.SOURCE;
import static io.relata.core.search.SearchTables.TENANT;
import static io.relata.core.search.SearchTables.TERM;
import static io.relata.core.search.SearchTables.TEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/// What a planned search demands of an entity's records, in SQL: the rarest word finds them, their texts prove the
/// rest.
public final class SearchConditions {

    private final SearchPlan plan;
    private final UUID tenant;
    private final UUID entity;
    private final Condition reached;

    /// For a statement that has its own condition for what the caller may read.
    public SearchConditions(SearchPlan plan, UUID tenant, UUID entity) {
        this(plan, tenant, entity, DSL.noCondition());
    }

    /// @param reached of a row of the index, that the caller may read the record: it comes before any limit, so that
    ///                what others have neither counts nor crowds out
    SearchConditions(SearchPlan plan, UUID tenant, UUID entity, Condition reached) {
        this.plan = plan;
        this.tenant = tenant;
        this.entity = entity;
        this.reached = reached;
    }

    /// Returns the condition for records that the search finds.
    public Condition matches(Field<UUID> record) {
        return DSL.or(plan.possible(entity).stream()
                .map(needs -> matches(record, needs))
                .toList());
    }

    private Condition matches(Field<UUID> record, List<Need> needs) {
        Optional<Need> rarest = plan.rarest(entity, needs);
        List<Condition> conditions = new ArrayList<>();
        rarest.ifPresent(need -> conditions.add(record.in(candidates(need, Optional.empty()))));
        needs.stream()
                .filter(need -> plan.byName(entity)
                        || rarest.filter(first -> first.equals(need) && sure(need))
                                .isEmpty())
                .map(need -> proof(record, need))
                .forEach(conditions::add);
        return DSL.and(conditions);
    }

    static boolean sure(Need need) {
        return need.forms().stream().allMatch(Form::sure);
    }

    private Condition proof(Field<UUID> record, Need need) {
        Condition stands = DSL.exists(DSL.selectOne()
                .from(DOCUMENT.as("d"))
                .where(of("d", TENANT).eq(tenant))
                .and(of("d", ENTITY).eq(entity))
                .and(of("d", RECORD).eq(record))
                .and(anyForm(need, Form::proofs, plan.byName(entity) ? name(of("d", TEXT)) : of("d", TEXT)))
                .and(plan.byName(entity) ? of("d", SOURCE).eq(SearchIndex.FIELDS) : DSL.noCondition()));
        return need.absent() ? DSL.not(stands) : stands;
    }

    /// Returns the line of a record's text that has its name.
    static Field<String> name(Field<String> text) {
        return DSL.field("split_part({0}, {1}, 1)", SQLDataType.CLOB, text, DSL.inline("\n"));
    }

    private static <T> Field<T> of(String alias, Field<T> column) {
        return DSL.field(DSL.name(alias, column.getName()), column.getDataType());
    }

    /// Returns the records that some range of the word holds; all that have the word are among them.
    ///
    /// @param most of each range; what was typed comes before what only begins so, and the youngest first
    Select<Record1<UUID>> candidates(Need need, Optional<Integer> most) {
        List<Form.Range> ranges = need.forms().stream()
                .map(form -> plan.rarest(entity, form))
                .distinct()
                .toList();
        List<Select<Record1<UUID>>> selects = new ArrayList<>();
        for (Form.Range range : ranges) {
            if (most.isPresent() && range.prefix()) {
                selects.add(limited(new Form.Range(range.term(), false), most.get()));
            }
            selects.add(most.isPresent() ? limited(range, most.get()) : all(range));
        }
        return selects.stream().reduce(Select::unionAll).orElseThrow();
    }

    private SelectConditionStep<Record1<UUID>> all(Form.Range range) {
        return DSL.select(RECORD)
                .from(TERM)
                .where(TENANT.eq(tenant))
                .and(ENTITY.eq(entity))
                .and(SearchPlanner.within(range))
                .and(reached);
    }

    private Select<Record1<UUID>> limited(Form.Range range, int most) {
        var select = all(range);
        return range.prefix()
                ? select.limit(most)
                : select.orderBy(RECORD.desc()).limit(most);
    }

    /// Returns whether all the words stand in the text as they have to.
    static Condition proven(List<Need> needs, Field<String> text) {
        return DSL.and(needs.stream()
                .map(need ->
                        need.absent() ? DSL.not(anyForm(need, Form::proofs, text)) : anyForm(need, Form::proofs, text))
                .toList());
    }

    static Condition anyForm(Need need, Function<Form, List<String>> parts, Field<String> text) {
        return DSL.or(need.forms().stream()
                .map(form -> DSL.and(parts.apply(form).stream()
                        .map(part -> DSL.position(text, DSL.val(part, SQLDataType.CLOB))
                                .gt(DSL.inline(0)))
                        .toList()))
                .toList());
    }
}
