-- Two schemas, two readers. control: who the tenants are (tenant-admin writes, the platform reads).
-- relata: the tenants' data (the platform alone, each row behind row-level security).
-- Both are owned by the role that runs this file; neither application role owns anything.

create schema control;
create schema relata;

-- control ------------------------------------------------------------------------------------------------

create table control.tenant (
    id               uuid primary key,
    slug             text not null unique,
    name             text not null,
    organization_id  text not null unique,
    status           text not null check (status in ('active', 'suspended')),
    suspended_reason text,
    locale           text not null,
    time_zone        text not null,
    currency         text not null,
    created_at       timestamptz not null
);
comment on column control.tenant.organization_id is 'Id of the Keycloak organization; with the issuer it names the tenant in a token';

create table control.membership (
    tenant_id    uuid not null references control.tenant (id),
    user_id      uuid not null,
    kind         text not null check (kind in ('person', 'service')),
    role         text not null check (role in ('administrator', 'user')),
    status       text not null check (status in ('active', 'removed')),
    username     text not null,
    email        text,
    display_name text not null,
    created_at   timestamptz not null,
    primary key (tenant_id, user_id)
);

create table control.entitlement (
    tenant_id uuid not null references control.tenant (id),
    plugin    text not null,
    primary key (tenant_id, plugin)
);

create table control.usage (
    tenant_id uuid not null references control.tenant (id),
    metric    text not null,
    value     bigint not null,
    at        timestamptz not null,
    primary key (tenant_id, metric)
);

grant usage on schema control to relata_app, relata_tenant_admin;
grant select on all tables in schema control to relata_app;
grant insert, update on control.usage to relata_app;
grant select, insert, update, delete on control.tenant, control.membership, control.entitlement to relata_tenant_admin;
grant select, delete on control.usage to relata_tenant_admin;

-- relata -------------------------------------------------------------------------------------------------

grant usage on schema relata to relata_app;

-- SET LOCAL inside a function, not set_config: only so does the setting reach the workers of a distributed
-- database, and only so does it end with the transaction.
create function relata.set_tenant(tenant uuid) returns void
    language plpgsql as
$$
begin
    execute format('set local app.tenant = %L', tenant);
end
$$;

-- One place says what protects a tenant table.
create procedure relata.protect(table_name text)
    language plpgsql as
$$
begin
    execute format('alter table relata.%I enable row level security', table_name);
    execute format(
        'create policy tenant_isolation on relata.%I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid) with check (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)',
        table_name);
    execute format('grant select, insert, update, delete on relata.%I to relata_app', table_name);
end
$$;

-- The template of every record table: fixed columns, slots of leakproof types, and a document for the rest.
-- Safe to call again.
create procedure relata.create_record_family(family text)
    language plpgsql as
$$
declare
    table_name text := 'record_' || family;
    slots text[] := '{}';
    slot text;
begin
    if family !~ '^[a-z][a-z0-9_]{0,40}$' then
        raise exception 'Not a family name: %', family;
    end if;
    if to_regclass(format('relata.%I', table_name)) is not null then
        return;
    end if;
    for i in 1..16 loop slots := slots || format('t%s text collate "C"', lpad(i::text, 2, '0')); end loop;
    for i in 1..12 loop slots := slots || format('n%s bigint', lpad(i::text, 2, '0')); end loop;
    for i in 1..6 loop slots := slots || format('d%s date', lpad(i::text, 2, '0')); end loop;
    for i in 1..6 loop slots := slots || format('s%s timestamptz', lpad(i::text, 2, '0')); end loop;
    for i in 1..10 loop slots := slots || format('u%s uuid', lpad(i::text, 2, '0')); end loop;
    execute format(
        'create table relata.%I (tenant_id uuid not null, entity_id uuid not null, id uuid not null, owner_id uuid, '
        'created_at timestamptz not null, created_by uuid not null, updated_at timestamptz not null, updated_by uuid not null, '
        'version bigint not null, state smallint not null default 0, %s, data jsonb not null default ''{}'', '
        'primary key (tenant_id, entity_id, id)) with (fillfactor = 70)',
        table_name, array_to_string(slots, ', '));
    foreach slot in array slots loop
        slot := split_part(slot, ' ', 1);
        execute format(
            'create index %I on relata.%I (tenant_id, entity_id, %I, id) where %I is not null',
            table_name || '_' || slot, table_name, slot, slot);
    end loop;
    call relata.protect(table_name);
end
$$;
call relata.create_record_family('shared');

-- A tenant's own entities; the definition has the same form as a plugin's solution file.
create table relata.entity_definition (
    tenant_id  uuid not null,
    id         uuid not null,
    name       text not null,
    definition jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, name)
);
call relata.protect('entity_definition');

create table relata.metadata_version (
    tenant_id uuid primary key,
    version   bigint not null
);
call relata.protect('metadata_version');

create table relata.audit (
    tenant_id  uuid not null,
    id         uuid not null,
    at         timestamptz not null,
    actor      uuid not null,
    origin     text not null,
    request_id text not null,
    entity_id  uuid not null,
    record_id  uuid not null,
    action     text not null check (action in ('create', 'update', 'delete', 'restore')),
    changes    jsonb not null,
    primary key (tenant_id, id)
);
create index audit_record on relata.audit (tenant_id, entity_id, record_id, id);
call relata.protect('audit');

create table relata.outbox (
    tenant_id uuid not null,
    id        uuid not null,
    at        timestamptz not null,
    type      text not null,
    entity_id uuid not null,
    record_id uuid not null,
    payload   jsonb not null,
    primary key (tenant_id, id)
);
call relata.protect('outbox');

create table relata.user_preference (
    tenant_id uuid not null,
    user_id   uuid not null,
    locale    text not null,
    primary key (tenant_id, user_id)
);
call relata.protect('user_preference');

-- A browser's sign-in. The cookie carries the tenant and a secret; only the secret's hash is kept.
create table relata.web_session (
    tenant_id     uuid not null,
    secret_hash   bytea not null,
    user_id       uuid not null,
    csrf_token    text not null,
    id_token      text not null,
    keycloak_sid  text,
    created_at    timestamptz not null,
    last_used_at  timestamptz not null,
    expires_at    timestamptz not null,
    primary key (tenant_id, secret_hash)
);
call relata.protect('web_session');

create table relata.import_job (
    tenant_id    uuid not null,
    id           uuid not null,
    entity       text not null,
    file_name    text not null,
    file_key     text not null,
    mapping      jsonb not null,
    state        text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    cancel_asked boolean not null default false,
    total        bigint,
    processed    bigint not null default 0,
    created      bigint not null default 0,
    updated      bigint not null default 0,
    unchanged    bigint not null default 0,
    rejected     bigint not null default 0,
    problem      jsonb,
    requested_by jsonb not null,
    created_at   timestamptz not null,
    started_at   timestamptz,
    finished_at  timestamptz,
    primary key (tenant_id, id)
);
call relata.protect('import_job');

create table relata.import_reject (
    tenant_id  uuid not null,
    job_id     uuid not null,
    row_number bigint not null,
    line       bigint not null,
    row_values jsonb not null,
    violations jsonb not null,
    primary key (tenant_id, job_id, row_number)
);
call relata.protect('import_reject');
