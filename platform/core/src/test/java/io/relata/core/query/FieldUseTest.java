package io.relata.core.query;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.metadata.ValueKind;
import io.relata.core.metadata.type.Setting;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What to mark as indexed when a query takes too long.
class FieldUseTest {

    private static final Value.Literal TEXT = new Value.Literal(ValueKind.STRING, "x");

    @Test
    void namesNothingWhereEverythingHasASlot() {
        assertThat(unindexed(query(equal(path(DEAL, "stage")), path(DEAL, "amount"))))
                .isEmpty();
        assertThat(unindexed(query(null, null))).isEmpty();
    }

    @Test
    void namesFieldsOfFilterAndOrderOnce() {
        Filter filter = new Filter.And(List.of(
                equal(path(DEAL, "code")),
                new Filter.Or(List.of(
                        new Filter.Not(equal(path(DEAL, "rate"))),
                        new Filter.In(path(DEAL, "due"), List.of()),
                        new Filter.Holds(path(DEAL, "warm")))),
                new Filter.Match(
                        new Value.Call(Function.UPPER, List.of(path(DEAL, "code"))), Filter.Place.START, TEXT)));

        assertThat(unindexed(query(filter, path(DEAL, "visits"))))
                .containsExactly("code", "rate", "due", "warm", "visits");
    }

    @Test
    void leavesOutWhatNoIndexCouldHold() {
        assertThat(unindexed(query(equal(path(DEAL, "notes")), null))).isEmpty();
    }

    @Test
    void namesTheWayOverLookups() {
        Value.Path.Step partner = new Value.Path.Step(DEAL.field("partner").orElseThrow(), COMPANY);
        Value.Path.Step region = new Value.Path.Step(COMPANY.field("region").orElseThrow(), REGION);

        assertThat(unindexed(query(
                        equal(new Value.Path(
                                List.of(partner), Property.of(COMPANY, "city").orElseThrow())),
                        null)))
                .containsExactly("partnerId", "partner/city");
        assertThat(unindexed(query(
                        equal(new Value.Path(
                                List.of(partner, region),
                                Property.of(REGION, "name").orElseThrow())),
                        null)))
                .containsExactly("partnerId");
    }

    @Test
    void namesTheLookupByWhichMembersAreFound() {
        Relationship deals = TestEntities.snapshot(UUID.randomUUID()).relationshipsTo("company").stream()
                .filter(one -> one.lookup().name().equals("partner"))
                .findFirst()
                .orElseThrow();
        Filter some = new Filter.Some(
                new Members(0, List.of(), deals),
                equal(new Value.Path(1, List.of(), Property.of(DEAL, "code").orElseThrow())));

        assertThat(unindexed(new Query.Selection(COMPANY, some, null)))
                .containsExactly(deals.name() + "/partnerId", "code");
    }

    @Test
    void namesWhatGroupsAreMadeOf() {
        Rows rows = new Rows.Slice(
                new Rows.OfRecords(new Query.Selection(DEAL, equal(path(DEAL, "code")), null), List.of(), List.of()),
                List.of(),
                0,
                10);

        assertThat(unindexed(rows)).containsExactly("code");
    }

    @Test
    void knowsSlotsWithoutAnIndexAndIndexesOverSeveralFields() {
        EntityDefinition entity = DEAL.with(deal -> deal.indexes(List.of(List.of("t02", "n01")))
                .fields(DEAL.fields().stream()
                        .map(field -> List.of("stage", "quantity").contains(field.name())
                                ? field.with(copy -> copy.set(Setting.INDEXED, false))
                                : field)
                        .toList()));
        Filter filter = new Filter.And(List.of(equal(path(entity, "stage")), equal(path(entity, "quantity"))));

        assertThat(FieldUse.unindexed(FieldUse.of(new Query.Selection(entity, filter, null))))
                .containsExactly("quantity");
    }

    @Test
    void saysWhatIsDoneWithAField() {
        Filter filter = new Filter.And(List.of(
                equal(path(DEAL, "code")), equal(new Value.Call(Function.UPPER, List.of(path(DEAL, "email"))))));

        assertThat(FieldUse.of(query(filter, path(DEAL, "visits"))))
                .extracting(FieldUse::path, FieldUse::how, FieldUse::direct)
                .containsExactly(
                        tuple("code", FieldUse.How.EQUAL, true),
                        tuple("email", FieldUse.How.COMPUTED, false),
                        tuple("visits", FieldUse.How.ORDER, true));
    }

    private static List<String> unindexed(Query query) {
        return FieldUse.unindexed(FieldUse.of(query));
    }

    private static List<String> unindexed(Query.Selection selection) {
        return FieldUse.unindexed(FieldUse.of(selection));
    }

    private static List<String> unindexed(Rows rows) {
        return FieldUse.unindexed(FieldUse.of(rows));
    }

    private static Query query(@Nullable Filter filter, @Nullable Value order) {
        List<Sort> sorts = order == null ? List.of() : List.of(new Sort(order, false));
        return new Query(new Query.Selection(DEAL, filter, null), sorts, List.of(), List.of(), 50, false, 0, null);
    }

    private static Filter equal(Value value) {
        return new Filter.Compare(value, Filter.Operator.EQUAL, TEXT);
    }

    private static Value.Path path(EntityDefinition entity, String property) {
        return new Value.Path(List.of(), Property.of(entity, property).orElseThrow());
    }
}
