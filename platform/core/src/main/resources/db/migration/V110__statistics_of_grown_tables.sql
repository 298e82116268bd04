-- Plans are made by what the database knows of a table. A load of many rows makes a table out of nothing faster than
-- the database looks; so whoever loads asks for a look.

-- Looks at tables that have grown by half since the last look, and are worth one. Whoever comes while somebody looks
-- goes on. Tells nothing of what is in them.
create function relata.analyze_grown() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    grown text;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('relata.analyze_grown', 0)) then
        return;
    end if;
    for grown in
        select class.relname
        from pg_class class
        where class.relnamespace = 'relata'::regnamespace
          and class.relkind = 'r'
          and pg_relation_size(class.oid) > 1048576
          and pg_relation_size(class.oid) > class.relpages::bigint * 8192 * 3 / 2
    loop
        execute format('analyze relata.%I', grown);
    end loop;
end
$$;
revoke all on function relata.analyze_grown() from public;
grant execute on function relata.analyze_grown() to relata_app;
