-- Records of one tenant, made in the database: quicker than any client could send them. Values depend on the number
-- alone, so that runs can be compared. Parameters: the tenant, its number, the entity ids, how many of each.
create function pg_temp.record_id(tenant int, n int) returns uuid language sql immutable as
$$ select (lpad(to_hex(25165824 + n), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(tenant), 12, '0'))::uuid $$;

create function pg_temp.load(tenant_uuid uuid, tenant int, account uuid, opportunity uuid, accounts int, opportunities int)
    returns void language plpgsql as
$$
declare
    maker uuid := '00000000-0000-7000-8000-000000000001';
    begin_at timestamptz := '2026-01-01T00:00:00Z';
begin
    insert into relata.record_bench_account
        (tenant_id, entity_id, id, owner_id, created_at, created_by, updated_at, updated_by, version, state,
         t01, t02, t03, t04, t05, n01, n02, data)
    select tenant_uuid, account, pg_temp.record_id(tenant, n), maker,
           begin_at + n * interval '1 second', maker, begin_at + n * interval '1 second', maker, 1, 0,
           'Account ' || n || ' ' || left(h, 8), 'A' || n, 'industry' || (hashint4(n) & 2147483647) % 40,
           'region' || (hashint4(n + 1) & 2147483647) % 10, 'City ' || (hashint4(n + 2) & 2147483647) % 500,
           (hashint4(n + 3) & 2147483647)::bigint * 10, (hashint4(n + 4) & 2147483647) % 50000,
           jsonb_build_object('website', 'https://' || left(h, 12) || '.example', 'phone', '+1 555 ' || n,
                              'description', repeat(h || ' ', 8))
    from (select n, md5(n::text) h from generate_series(1, accounts) n) made;

    insert into relata.record_bench_opportunity
        (tenant_id, entity_id, id, owner_id, created_at, created_by, updated_at, updated_by, version, state,
         t01, t02, t03, t04, t05, t06, t07, t08, t09, t10, n01, n02, n03, n04, n05, n06, n07, d01, d02, s01, u01, data)
    select tenant_uuid, opportunity, pg_temp.record_id(tenant, n), maker,
           begin_at + n * interval '1 second', maker, begin_at + n * interval '1 second', maker, 1, 0,
           'Opportunity ' || n || ' ' || left(h, 10), 'O' || n,
           (array ['prospecting', 'qualifying', 'engaging', 'proposing', 'negotiating', 'won', 'lost', 'parked'])[1 + (hashint4(n) & 2147483647) % 8],
           'region' || (hashint4(n + 1) & 2147483647) % 10, 'source' || (hashint4(n + 2) & 2147483647) % 20, 'Competitor ' || (hashint4(n + 3) & 2147483647) % 200,
           'Campaign ' || (hashint4(n + 4) & 2147483647) % 100, 'City ' || (hashint4(n + 5) & 2147483647) % 500,
           'Country ' || (hashint4(n + 6) & 2147483647) % 60, left(h, 16),
           (hashint4(n + 7) & 2147483647)::bigint % 100000000, (hashint4(n + 8) & 2147483647) % 101, (hashint4(n + 9) & 2147483647) % 1000,
           (hashint4(n + 10) & 2147483647) % 5000, (hashint4(n + 11) & 2147483647) % 5, (hashint4(n + 12) & 2147483647) % 3, (hashint4(n + 13) & 2147483647) % 2,
           date '2025-01-01' + (hashint4(n + 14) & 2147483647) % 700, date '2025-06-01' + (hashint4(n + 15) & 2147483647) % 700,
           begin_at + (hashint4(n + 16) & 2147483647) % 30000000 * interval '1 second',
           pg_temp.record_id(tenant, 1 + (hashint4(n + 17) & 2147483647) % accounts),
           jsonb_build_object('nextStep', 'Call ' || left(h, 20), 'reason', 'Because ' || h,
                              'notes', repeat(h || ' ', 3), 'description', repeat(h || ' ', 9))
    from (select n, md5(n::text) h from generate_series(1, opportunities) n) made;
end
$$;
