package io.relata.core.odata;

import io.relata.core.metadata.EntityDefinition;
import io.relata.core.metadata.FieldDefinition;
import io.relata.core.metadata.MetadataSnapshot;
import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// What questions about a hierarchy of 100,000 records cost, ten under each and 200 levels deep on one branch. Run by
/// hand.
final class StandingBench {

    private static final int RECORDS = 100_000;
    private static final int DEPTH = 200;
    private static final int ROUNDS = 21;

    private static final EntityDefinition UNIT = TestEntities.COMPANY.with(entity -> entity.fields(
            TestEntities.COMPANY.fields().stream().map(StandingBench::slotted).toList()));

    private final ODataWorld odata;
    private final UUID tenant = UUID.randomUUID();
    private final CallContext context;

    private StandingBench(LocalPostgres postgres) throws SQLException, IOException {
        odata = ODataWorld.create(postgres, id -> new MetadataSnapshot(id, 1, List.of(UNIT), List.of()));
        context = odata.world().context(tenant);
        insert("i", RECORDS, "case when i > 1 then lpad(to_hex((i + 8) / 10), 32, '0')::uuid end");
        insert("i + " + RECORDS, DEPTH, "lpad(to_hex(i - 1 + case when i = 1 then 7 else 100000 end), 32, '0')::uuid");
        odata.world().database().update("vacuum analyze relata.record_shared");
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        StandingBench bench = new StandingBench(LocalPostgres.forTests());
        bench.measure("all under the top, a page of 50", "Relata.Under(parent,%s)", 1);
        bench.measure("some 11,000 under a record", "Relata.Under(parent,%s)", 2);
        bench.measure("ten under a record", "Relata.Under(parent,%s)", 5_000);
        bench.measure("above a record 200 levels deep", "Relata.Above(parent,%s)", RECORDS + DEPTH);
        bench.measure("not under a record with 11,000", "not Relata.Under(parent,%s)", 2);
    }

    private static FieldDefinition slotted(FieldDefinition field) {
        return field.hierarchical() ? field.with(builder -> builder.slot("u02")) : field;
    }

    private void insert(String number, int count, String parent) throws SQLException {
        odata.world().database().update("""
                insert into relata.record_shared (tenant_id, entity_id, id, created_at, created_by, updated_at, updated_by,
                    version, t01, u02)
                select ?, ?, lpad(to_hex(%s), 32, '0')::uuid, now(), ?, now(), ?, 1, 'Unit ' || i, %s
                from generate_series(1, ?) i""".formatted(number, parent), tenant, UNIT.id(), tenant, tenant, count);
    }

    private void measure(String what, String filter, int number) {
        String asked = filter.formatted(new UUID(0, number));
        double[] times = new double[ROUNDS];
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            found = odata.names(context, "companies", "$filter", asked, "$top", "50")
                    .size();
            times[i] = (System.nanoTime() - begin) / 1e6;
        }
        Arrays.sort(times);
        long begin = System.nanoTime();
        long all = odata.list(context, "companies", "$filter", asked, "$top", "0", "$count", "true")
                .get("@odata.count")
                .asLong();
        System.out.printf(
                "%s: %d shown in %.1f ms (median of %d), all %d counted in %.1f ms%n",
                what, found, times[ROUNDS / 2], ROUNDS, all, (System.nanoTime() - begin) / 1e6);
    }
}
