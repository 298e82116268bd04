-- The words in files, for the search: read once, after the record that has the file was saved.
create table relata.file_text (
    tenant_id uuid not null,
    file_id   uuid not null,
    text      text not null,
    primary key (tenant_id, file_id),
    foreign key (tenant_id, file_id) references relata.file (tenant_id, id) on delete cascade
);
comment on table relata.file_text is 'Empty text: there is none, or it cannot be read';
call relata.protect('file_text');

alter table relata.file_use add column to_read timestamptz;
comment on column relata.file_use.to_read is 'From when on the file is to be read for the search; null when it need not be';
create index file_use_to_read on relata.file_use (tenant_id, to_read) where to_read is not null;

-- Which tenants have files to read: ids only, nothing of their data.
create function relata.tenants_with_files_to_read() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select distinct used.tenant_id from relata.file_use used where used.to_read <= now()
$$;
revoke all on function relata.tenants_with_files_to_read() from public;
grant execute on function relata.tenants_with_files_to_read() to relata_app;
