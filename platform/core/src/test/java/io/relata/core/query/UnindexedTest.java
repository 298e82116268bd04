package io.relata.core.query;

import static io.relata.core.query.TestEntities.COMPANY;
import static io.relata.core.query.TestEntities.DEAL;
import static io.relata.core.query.TestEntities.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.Relationship;
import io.relata.core.metadata.ValueKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What to mark as indexed when a query takes too long.
class UnindexedTest {

    private static final Value.Literal TEXT = new Value.Literal(ValueKind.STRING, "x");

    @Test
    void namesNothingWhereEverythingHasASlot() {
        assertThat(Unindexed.of(query(equal(path(DEAL, "stage")), path(DEAL, "amount"))))
                .isEmpty();
        assertThat(Unindexed.of(query(null, null))).isEmpty();
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

        assertThat(Unindexed.of(query(filter, path(DEAL, "visits"))))
                .containsExactly("code", "rate", "due", "warm", "visits");
    }

    @Test
    void leavesOutWhatNoIndexCouldHold() {
        assertThat(Unindexed.of(query(equal(path(DEAL, "notes")), null))).isEmpty();
    }

    @Test
    void namesTheWayOverLookups() {
        Value.Path.Step partner = new Value.Path.Step(DEAL.field("partner").orElseThrow(), COMPANY);
        Value.Path.Step region = new Value.Path.Step(COMPANY.field("region").orElseThrow(), REGION);

        assertThat(Unindexed.of(query(
                        equal(new Value.Path(
                                List.of(partner), Property.of(COMPANY, "city").orElseThrow())),
                        null)))
                .containsExactly("partnerId", "partner/city");
        assertThat(Unindexed.of(query(
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

        assertThat(Unindexed.of(new Query.Selection(COMPANY, some, null)))
                .containsExactly(deals.name() + "/partnerId", "code");
    }

    @Test
    void namesWhatGroupsAreMadeOf() {
        Rows rows = new Rows.Slice(
                new Rows.OfRecords(new Query.Selection(DEAL, equal(path(DEAL, "code")), null), List.of(), List.of()),
                List.of(),
                0,
                10);

        assertThat(Unindexed.of(rows)).containsExactly("code");
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
