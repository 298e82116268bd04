-- The recycle bin: deleted records, the newest first, and for how long they are kept.
create procedure relata.index_deleted(family text)
    language plpgsql as
$$
begin
    execute format('create index if not exists %I on relata.%I (tenant_id, entity_id, updated_at, id) where state = 1',
                   'record_' || family || '_deleted', 'record_' || family);
end
$$;

create or replace procedure relata.create_record_family(family text)
    language plpgsql as
$$
begin
    call relata.create_record_table(family);
    call relata.index_owners(family);
    call relata.index_deleted(family);
end
$$;

do $$
declare
    records text;
begin
    for records in select table_name from information_schema.tables
                   where table_schema = 'relata' and table_name like 'record\_%' loop
        call relata.index_deleted(substr(records, 8));
    end loop;
end
$$;

-- With what a record was deleted.
create index deletion_effect_record on relata.deletion_effect (tenant_id, entity_id, record_id);

-- For how long a tenant keeps what; for ever where nothing is said.
create table relata.retention (
    tenant_id    uuid not null,
    deleted_days integer not null check (deleted_days between 30 and 3650),
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    primary key (tenant_id)
);
call relata.protect('retention');

-- Which tenants have said for how long they keep deleted records: ids only, nothing of their data.
create function relata.tenants_that_purge() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select retention.tenant_id from relata.retention retention
$$;
revoke all on function relata.tenants_that_purge() from public;
grant execute on function relata.tenants_that_purge() to relata_app;
