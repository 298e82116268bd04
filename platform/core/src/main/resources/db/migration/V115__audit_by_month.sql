-- The audit trail in parts, a month each, so that what is old goes without touching what is new. Ids begin with the time
-- at which they were made, so a part is a range of ids. All that was there so far is the first part.
create function relata.audit_bound(moment timestamptz) returns uuid
    language sql immutable set search_path = pg_catalog, pg_temp as
$$
select (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;
revoke all on function relata.audit_bound(timestamptz) from public;

alter table relata.audit rename to audit_first;
alter index relata.audit_pkey rename to audit_first_pkey;
alter index relata.audit_record rename to audit_first_record;
alter index relata.audit_cause rename to audit_first_cause;
alter index relata.audit_order rename to audit_first_order;
revoke all on relata.audit_first from relata_app;

create table relata.audit (
    like relata.audit_first including defaults including constraints including comments,
    primary key (tenant_id, id)
) partition by range (id);
create index audit_record on relata.audit (tenant_id, entity_id, record_id, id);
create index audit_cause on relata.audit (tenant_id, cause, id) where cause is not null;
create index audit_order on relata.audit (tenant_id, tx, id);
alter table relata.audit drop constraint audit_action_check;
alter table relata.audit_first drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out', 'erase', 'hold',
                      'release', 'consent', 'withdraw', 'expire'));
alter table relata.audit_first add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out', 'erase', 'hold',
                      'release', 'consent', 'withdraw', 'expire'));
call relata.protect('audit');
revoke update, delete on relata.audit from relata_app;

-- Takes what no month's part does, so that nothing is ever lost.
create table relata.audit_rest partition of relata.audit default;
call relata.protect('audit_rest');
revoke all on relata.audit_rest from relata_app;

do $$
declare
    bound uuid := relata.audit_bound((date_trunc('month', now() at time zone 'UTC') + interval '1 month') at time zone 'UTC');
begin
    with later as (delete from relata.audit_first where id >= bound returning *)
    insert into relata.audit_rest select * from later;
    execute format('alter table relata.audit attach partition relata.audit_first for values from (minvalue) to (%L)', bound);
end
$$;

-- Makes the parts of the next months. Whoever comes while somebody makes them goes on.
create function relata.make_audit_parts() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s' as
$$
declare
    month timestamptz;
    part  text;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('relata.audit_parts', 0)) then
        return;
    end if;
    for ahead in 1..3 loop
        month := date_trunc('month', now()) + make_interval(months => ahead);
        part := 'audit_' || to_char(month, 'YYYY_MM');
        if to_regclass('relata.' || part) is null then
            execute format('create table relata.%I (like relata.audit including all)', part);
            call relata.protect(part);
            execute format('revoke all on relata.%I from relata_app', part);
            execute format('alter table relata.audit attach partition relata.%I for values from (%L) to (%L)', part,
                           relata.audit_bound(month), relata.audit_bound(month + interval '1 month'));
        end if;
    end loop;
end
$$;
revoke all on function relata.make_audit_parts() from public;
grant execute on function relata.make_audit_parts() to relata_app;
select relata.make_audit_parts();

-- Drops the parts in which no tenant has anything left.
create function relata.drop_audit_parts() returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' set lock_timeout = '2s' as
$$
declare
    part text;
    used boolean;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('relata.audit_parts', 0)) then
        return;
    end if;
    for part in
        select child.relname from pg_inherits link join pg_class child on child.oid = link.inhrelid
        where link.inhparent = 'relata.audit'::regclass and child.relname ~ '^audit_[0-9]{4}_[0-9]{2}$'
          and to_date(substr(child.relname, 7), 'YYYY_MM') < now() - interval '7 months'
    loop
        execute format('select exists (select from relata.%I)', part) into used;
        if not used then
            execute format('drop table relata.%I', part);
        end if;
    end loop;
end
$$;
revoke all on function relata.drop_audit_parts() from public;
grant execute on function relata.drop_audit_parts() to relata_app;

-- For how long a tenant keeps its trail; for ever where it has said nothing.
create table relata.audit_retention (
    tenant_id  uuid primary key,
    months     integer not null check (months between 6 and 240),
    changed_by uuid not null,
    changed_at timestamptz not null
);
call relata.protect('audit_retention');

alter table relata.audit_seal add column anchor boolean not null default false;
comment on column relata.audit_seal.anchor is 'What came before has gone by the tenant''s policy; verifying begins behind it';

create function relata.tenants_that_expire() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select tenant_id from relata.audit_retention
$$;
revoke all on function relata.tenants_that_expire() from public;
grant execute on function relata.tenants_that_expire() to relata_app;

-- Takes away a portion of what a tenant has kept long enough: whole seals, the oldest first. The last seal of what goes
-- stays as the anchor of the chain, and an entry says so: who verifies the trail asks for it. The application has no other
-- way to take entries away, and this one takes none that the tenant's policy or a legal hold keeps.
create function relata.expire_audit(of_tenant uuid, most integer) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    kept integer;
    last record;
    gone bigint;
begin
    if of_tenant is distinct from nullif(current_setting('app.tenant', true), '')::uuid then
        raise exception 'Another tenant';
    end if;
    select months into kept from relata.audit_retention where tenant_id = of_tenant;
    if kept is null or exists (select from relata.legal_hold where tenant_id = of_tenant) then
        return 0;
    end if;
    select * into last from relata.audit_seal seal
    where seal.tenant_id = of_tenant and seal.at < now() - make_interval(months => kept)
    order by seal.number desc limit 1;
    if last.number is null then
        return 0;
    end if;
    if not last.anchor then
        insert into relata.audit (tenant_id, id, at, actor, origin, request_id, entity_id, record_id, action, changes)
        values (of_tenant, uuidv7(), now(), '00000000-0000-0000-0000-000000000000', 'system', '',
                '2d8e6f4a-91c3-5b07-a4e2-70b9d5c8f318', of_tenant, 'expire',
                jsonb_build_array(jsonb_build_object('field', 'seal', 'number', last.number, 'hash', last.hash,
                                                     'months', kept)));
        update relata.audit_seal set anchor = true where tenant_id = of_tenant and number = last.number;
        delete from relata.audit_seal where tenant_id = of_tenant and number < last.number;
    end if;
    delete from relata.audit entry
    where entry.tenant_id = of_tenant
      and entry.id in (select old.id from relata.audit old
                       where old.tenant_id = of_tenant and old.tx < last.upto order by old.tx, old.id limit most);
    get diagnostics gone = row_count;
    return gone;
end
$$;
revoke all on function relata.expire_audit(uuid, integer) from public;
grant execute on function relata.expire_audit(uuid, integer) to relata_app;
