-- Files of tenants: what is known of each; the bytes are in the storage, under the tenant and the id.
create table relata.file (
    tenant_id    uuid not null,
    id           uuid not null,
    name         text not null,
    content_type text not null,
    size         bigint not null,
    hash         text not null,
    width        int,
    height       int,
    used         boolean not null default false,
    released_at  timestamptz,
    created_at   timestamptz not null,
    created_by   uuid not null,
    primary key (tenant_id, id)
);
comment on column relata.file.hash is 'SHA-256 of the bytes, in hexadecimal digits';
comment on column relata.file.used is 'Whether a record ever had it';
comment on column relata.file.released_at is 'Since when no record has it; null while one has';
call relata.protect('file');
create index file_released on relata.file (tenant_id, released_at) where released_at is not null;

-- Which records have which files. A deleted record keeps its files, so that it can be restored.
create table relata.file_use (
    tenant_id uuid not null,
    entity_id uuid not null,
    record_id uuid not null,
    field     text not null collate "C",
    file_id   uuid not null,
    primary key (tenant_id, entity_id, record_id, field)
);
call relata.protect('file_use');
create index file_use_file on relata.file_use (tenant_id, file_id);

-- How much a tenant may keep, where that is not what applies to all. An empty column is the usual limit.
create table control.file_limits (
    tenant_id  uuid primary key references control.tenant (id) on delete cascade,
    bytes      bigint check (bytes >= 0),
    file_bytes bigint check (file_bytes between 0 and 5368709120)
);
grant select on control.file_limits to relata_app;
grant select, insert, update, delete on control.file_limits to relata_tenant_admin;

-- Which tenants have files: ids only, nothing of their data.
create function relata.tenants_with_files() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select distinct file.tenant_id from relata.file file
$$;
revoke all on function relata.tenants_with_files() from public;
grant execute on function relata.tenants_with_files() to relata_app;
