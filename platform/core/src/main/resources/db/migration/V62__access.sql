-- Who may do what with which records. A user without a row here holds the role "member".

create table relata.access_role (
    tenant_id  uuid not null,
    name       text not null,
    definition jsonb not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, name)
);
comment on column relata.access_role.definition is 'By entity, or * for all others: a level for each privilege';
call relata.protect('access_role');

create table relata.access_unit (
    tenant_id  uuid not null,
    id         uuid not null,
    name       text not null,
    parent_id  uuid,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id)
);
create index access_unit_parent on relata.access_unit (tenant_id, parent_id);
call relata.protect('access_unit');

-- Users and teams: both own records, belong to a unit and hold roles.
create table relata.access_principal (
    tenant_id  uuid not null,
    id         uuid not null,
    kind       text not null check (kind in ('user', 'team')),
    name       text,
    unit_id    uuid,
    roles      text[] not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, id)
);
create index access_principal_unit on relata.access_principal (tenant_id, unit_id, id);
call relata.protect('access_principal');

create table relata.access_member (
    tenant_id  uuid not null,
    team_id    uuid not null,
    user_id    uuid not null,
    first_day  date,
    last_day   date,
    changed_by uuid not null,
    changed_at timestamptz not null,
    primary key (tenant_id, team_id, user_id)
);
create index access_member_user on relata.access_member (tenant_id, user_id);
call relata.protect('access_member');

-- A record that is shown to somebody besides.
create table relata.access_share (
    tenant_id    uuid not null,
    entity_id    uuid not null,
    record_id    uuid not null,
    principal_id uuid not null,
    level        text not null check (level in ('read', 'update')),
    until        timestamptz,
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    primary key (tenant_id, entity_id, record_id, principal_id)
);
create index access_share_principal on relata.access_share (tenant_id, entity_id, principal_id, record_id);
call relata.protect('access_share');

-- All records that meet a condition, shown to a user, a team or a unit.
create table relata.access_rule (
    tenant_id    uuid not null,
    id           uuid not null,
    entity_id    uuid not null,
    name         text not null,
    filter       text not null,
    principal_id uuid not null,
    level        text not null check (level in ('read', 'update')),
    changed_by   uuid not null,
    changed_at   timestamptz not null,
    primary key (tenant_id, id)
);
create index access_rule_principal on relata.access_rule (tenant_id, principal_id);
call relata.protect('access_rule');

-- Records are looked for by their owner. Families that are made later get the index too.
create procedure relata.index_owners(family text)
    language plpgsql as
$$
begin
    execute format('create index if not exists %I on relata.%I (tenant_id, entity_id, owner_id, id)',
                   'record_' || family || '_owner', 'record_' || family);
end
$$;

alter procedure relata.create_record_family(text) rename to create_record_table;

create procedure relata.create_record_family(family text)
    language plpgsql as
$$
begin
    call relata.create_record_table(family);
    call relata.index_owners(family);
end
$$;

do $$
declare
    records text;
begin
    for records in select table_name from information_schema.tables
                   where table_schema = 'relata' and table_name like 'record\_%' loop
        execute format('update relata.%I set owner_id = created_by where owner_id is null', records);
        call relata.index_owners(substr(records, 8));
    end loop;
end
$$;
