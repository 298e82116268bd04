package io.relata.core.odata;

import io.relata.core.query.TestEntities;
import io.relata.spi.CallContext;
import io.relata.spi.Origin;
import io.relata.testkit.LocalPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/// What it costs to list records for somebody who sees one in a thousand of many, with 100 teams, 10,000 shares and 200
/// sharing rules in the tenant, beside the same list without access. Run by hand; the argument says how many records.
final class AccessBench {

    private static final int SHARES = 10_000;
    private static final int TEAMS = 100;
    private static final int RULES = 200;
    private static final int ROUNDS = 41;

    private final ODataWorld odata;
    private final UUID tenant = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();
    private final int records;

    private AccessBench(LocalPostgres postgres, int records) throws SQLException, IOException {
        this.odata = ODataWorld.create(postgres);
        this.records = records;
        fill();
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        int records = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        AccessBench bench = new AccessBench(LocalPostgres.forTests(), records);
        System.out.printf(
                "%d records, of which the user sees %d%n",
                records,
                bench.odata
                        .list(bench.caller(Set.of()), "companies", "$top", "0", "$count", "true")
                        .get("@odata.count")
                        .asLong());
        bench.measure("by id");
        bench.measure("by name", "$orderby", "name");
        bench.measure("by a number, downwards", "$orderby", "worth desc");
        bench.measure("of those below a number, by name", "$filter", "worth lt 60000", "$orderby", "name");
    }

    private void fill() throws SQLException {
        update("""
                insert into relata.record_shared (tenant_id, entity_id, id, owner_id, created_at, created_by, updated_at,
                    updated_by, version, t01, n01)
                select ?, ?, lpad(to_hex(i), 32, '0')::uuid,
                       case when i %% 2000 = 0 then '%s'::uuid
                            when i %% 5000 = 1 then lpad(to_hex(i / 5000 %% 3 + 1), 32, 'f')::uuid
                            else lpad(to_hex(i %% 500), 32, 'e')::uuid end,
                       now(), '%s', now(), '%s', 1, 'Company ' || md5(i::text), i
                from generate_series(1, ?) i""".formatted(user, user, user), tenant, TestEntities.COMPANY.id(), records);
        update("""
                insert into relata.access_principal (tenant_id, id, kind, name, roles, changed_by, changed_at)
                select ?, lpad(to_hex(i), 32, 'f')::uuid, 'team', 'Team ' || i, '{}', ?, now() from generate_series(1, ?) i
                """, tenant, user, TEAMS);
        update("""
                insert into relata.access_principal (tenant_id, id, kind, roles, changed_by, changed_at)
                values (?, ?, 'user', '{narrow}', ?, now())""", tenant, user, user);
        update("""
                insert into relata.access_member (tenant_id, team_id, user_id, changed_by, changed_at)
                select ?, lpad(to_hex(i), 32, 'f')::uuid, ?, ?, now() from generate_series(1, 3) i""", tenant, user, user);
        update("""
                insert into relata.access_role (tenant_id, name, definition, changed_by, changed_at)
                values (?, 'narrow', '{"entities": {"*": {"read": "unit"}}}', ?, now())""", tenant, user);
        update("""
                insert into relata.access_share (tenant_id, entity_id, record_id, principal_id, level, changed_by, changed_at)
                select ?, ?, lpad(to_hex(i * 7), 32, '0')::uuid, lpad(to_hex(i %% 100 + 1), 32, 'f')::uuid, 'read', ?, now()
                from generate_series(1, ?) i""".replace("%%", "%"), tenant, TestEntities.COMPANY.id(), user, SHARES);
        update("""
                insert into relata.access_rule (tenant_id, id, entity_id, name, filter, principal_id, level, changed_by,
                    changed_at)
                select ?, gen_random_uuid(), ?, 'Rule ' || i, 'worth eq ' || i * 11 || '.0',
                       lpad(to_hex(i % 10 + 1), 32, 'f')::uuid, 'read', ?, now()
                from generate_series(1, ?) i""", tenant, TestEntities.COMPANY.id(), user, RULES);
        update("vacuum analyze");
    }

    private void update(String sql, Object... arguments) throws SQLException {
        odata.world().database().update(sql, arguments);
    }

    private CallContext caller(Set<String> roles) {
        return new CallContext(
                tenant,
                user,
                roles,
                Locale.ENGLISH,
                java.time.ZoneOffset.UTC,
                Currency.getInstance("USD"),
                "request",
                Origin.API);
    }

    /// Both in turns, so that whatever else the machine does strikes both.
    private void measure(String what, String... options) {
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            without[i] = time(caller(Set.of(CallContext.ADMINISTRATOR)), options);
            with[i] = time(caller(Set.of()), options);
        }
        Arrays.sort(without);
        Arrays.sort(with);
        System.out.printf(
                "%s: without access %.1f ms, with %.1f ms, ratio %.2f (medians of %d)%n",
                what, without[ROUNDS / 2], with[ROUNDS / 2], with[ROUNDS / 2] / without[ROUNDS / 2], ROUNDS);
    }

    private double time(CallContext call, String... options) {
        long begin = System.nanoTime();
        int found = odata.pages(50, call, "companies", options).get("value").size();
        if (found != 50) {
            throw new IllegalStateException("A page has " + found);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
