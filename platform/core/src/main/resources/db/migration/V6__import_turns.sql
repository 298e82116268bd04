-- An import is worked on in turns. Who has the turn holds a lease and renews it with every batch; when a process
-- dies, its lease ends and another goes on from the last batch. The database's clock decides, so that the clocks of
-- several nodes need not agree.
alter table relata.import_job
    add column header      jsonb    not null default '[]',
    add column runner      uuid,
    add column lease_until timestamptz,
    add column attempts    smallint not null default 0;
comment on column relata.import_job.attempts is 'Turns taken since the last batch that was done';

create index import_job_open on relata.import_job (tenant_id, created_at, id) where state in ('queued', 'running');
create index import_job_newest on relata.import_job (tenant_id, created_at desc, id desc);

-- Which tenants have imports to work on: ids only, nothing of their data. Row-level security lets the application
-- see one tenant at a time; asking them all in turn would cost a transaction each, however few have work.
create function relata.tenants_with_open_imports() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select distinct job.tenant_id from relata.import_job job where job.state in ('queued', 'running')
$$;
revoke all on function relata.tenants_with_open_imports() from public;
grant execute on function relata.tenants_with_open_imports() to relata_app;
