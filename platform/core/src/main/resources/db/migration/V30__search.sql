-- The index that search asks, kept in the transaction of each write. Plain text in plain rows: under row-level security
-- only operators that are leakproof serve as conditions of an index, so that neither trigrams nor text search do.

-- Under which words a record is found. One walk of the primary key finds all that begin with what was typed.
create table relata.search_term (
    tenant_id uuid not null,
    entity_id uuid not null,
    term      text not null collate "C",
    record_id uuid not null,
    source    text not null collate "C",
    primary key (tenant_id, entity_id, term, record_id, source)
);
comment on column relata.search_term.source is 'Empty for the record''s own fields, else the field that holds a file';
call relata.protect('search_term');

-- What a record says, folded: proves the other words of a question once one has found the record, and says which terms
-- go when the record changes.
create table relata.search_document (
    tenant_id uuid not null,
    entity_id uuid not null,
    record_id uuid not null,
    source    text not null collate "C",
    text      text not null collate "C",
    primary key (tenant_id, entity_id, record_id, source)
);
call relata.protect('search_document');

-- The tenant's words, each filed under keys that it shares with its misspellings. A word may stand here twice, when two
-- writers brought it at once: they need not wait for each other.
create table relata.search_spelling (
    tenant_id uuid not null,
    id        uuid not null default uuidv7(),
    key       text not null collate "C",
    word      text not null collate "C",
    primary key (tenant_id, id)
);
create index search_spelling_key on relata.search_spelling (tenant_id, key, word);
call relata.protect('search_spelling');

-- For which fields an entity's index was made. More than one row while somebody else began at the same time.
create table relata.search_state (
    tenant_id uuid not null,
    id        uuid not null default uuidv7(),
    entity_id uuid not null,
    signature text not null,
    primary key (tenant_id, id)
);
create index search_state_entity on relata.search_state (tenant_id, entity_id);
call relata.protect('search_state');

-- Records that are there already have no index yet: a signature that fits nothing has it made.
do $$
declare
    records text;
begin
    for records in select table_name from information_schema.tables
                   where table_schema = 'relata' and table_name like 'record\_%' loop
        execute format('insert into relata.search_state (tenant_id, entity_id, signature) '
                       'select distinct tenant_id, entity_id, '''' from relata.%I', records);
    end loop;
end
$$;

-- Which tenants have an index: ids only, nothing of their data.
create function relata.tenants_with_search() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select distinct state.tenant_id from relata.search_state state
$$;
revoke all on function relata.tenants_with_search() from public;
grant execute on function relata.tenants_with_search() to relata_app;
