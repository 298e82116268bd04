package io.relata.core.query;

import static io.relata.core.query.TestEntities.DEAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages that one plan answers whatever their values are.
class IndexWalkTest {

    // stage t02, amount n01, quantity n02, closed d01; the name is ordered as people order words.
    private static final EntityDefinition INDEXED =
            DEAL.with(deal -> deal.indexes(List.of(List.of("t02", "n02", "n01"), List.of("u01", "t02"))));

    @Test
    void isThereForTheIdsAndForEachSlot() {
        assertThat(steady(DEAL, null)).isTrue();
        assertThat(steady(DEAL, null, "id")).isTrue();
        assertThat(steady(DEAL, null, "amount")).isTrue();
        assertThat(steady(DEAL, equal("stage"))).isTrue();
        assertThat(steady(DEAL, equal("stage"), "id")).isTrue();
    }

    @Test
    void isThereWhereAnIndexHoldsFiltersAndOrderTogether() {
        assertThat(steady(INDEXED, equal("stage", "quantity"), "amount")).isTrue();
        assertThat(steady(INDEXED, equal("quantity", "stage"), "amount")).isTrue();
        assertThat(steady(INDEXED, equal("stage"), "quantity")).isTrue();
        assertThat(steady(INDEXED, equal("company", "stage"))).isTrue();
    }

    @Test
    void isNotThereWhereValuesDecide() {
        assertThat(steady(DEAL, equal("stage", "quantity"), "amount")).isFalse();
        assertThat(steady(DEAL, equal("stage"), "amount")).isFalse();
        assertThat(steady(INDEXED, equal("stage"), "amount")).isFalse();
        assertThat(steady(INDEXED, equal("quantity"), "amount")).isFalse();
        assertThat(steady(INDEXED, equal("stage", "quantity"))).isFalse();
        assertThat(steady(INDEXED, equal("stage", "quantity", "closed"), "amount"))
                .isFalse();
        assertThat(steady(INDEXED, equal("stage", "code"), "quantity")).isFalse();
        assertThat(steady(INDEXED, new Filter.Not(equal("stage")), "quantity")).isFalse();
        assertThat(steady(INDEXED, compare("stage", Filter.Operator.GREATER), "quantity"))
                .isFalse();
        assertThat(steady(
                        INDEXED,
                        new Filter.Compare(path("stage"), Filter.Operator.EQUAL, Value.Literal.NULL),
                        "quantity"))
                .isFalse();
    }

    @Test
    void isNotThereForAnOrderThatNoIndexHas() {
        assertThat(steady(DEAL, null, "name")).isFalse();
        assertThat(steady(DEAL, null, "code")).isFalse();
        assertThat(steady(DEAL, null, "createdAt")).isFalse();
        assertThat(steady(INDEXED, equal("stage", "quantity"), "amount", "closed"))
                .isFalse();
    }

    @Test
    void isNotThereForASlotWithoutAnIndex() {
        EntityDefinition plain = INDEXED.with(deal -> deal.fields(DEAL.fields().stream()
                .map(field ->
                        field.name().equals("stage") ? field.with(copy -> copy.set(Setting.INDEXED, false)) : field)
                .toList()));

        assertThat(steady(plain, equal("stage"))).isFalse();
        assertThat(steady(plain.with(deal -> deal.indexes(List.of())), null, "stage"))
                .isFalse();
        assertThat(steady(plain, equal("stage", "quantity"), "amount")).isTrue();
    }

    private static boolean steady(EntityDefinition entity, @Nullable Filter filter, String... order) {
        List<Sort> sorts = new ArrayList<>();
        for (String property : order) {
            sorts.add(new Sort(path(property), true));
        }
        return IndexWalk.answers(new Query(
                new Query.Selection(entity, filter, null), sorts, entity.fields(), List.of(), 50, false, 0, null));
    }

    private static Filter equal(String... properties) {
        List<Filter> parts = new ArrayList<>();
        for (String property : properties) {
            parts.add(compare(property, Filter.Operator.EQUAL));
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    private static Filter compare(String property, Filter.Operator operator) {
        return new Filter.Compare(path(property), operator, new Value.Literal(ValueKind.STRING, "x"));
    }

    private static Value.Path path(String name) {
        String property = name.equals("company") ? "companyId" : name;
        return new Value.Path(List.of(), Property.of(DEAL, property).orElseThrow());
    }
}
