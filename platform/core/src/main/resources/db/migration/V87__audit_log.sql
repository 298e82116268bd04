-- What made a change: a job, a plugin's action, a bulk call. And a seal over what happened, so that nobody can change it
-- afterwards without being noticed.
alter table relata.audit add column cause text collate "C";
comment on column relata.audit.cause is 'What made the change besides the actor: import:…, update:…, bulk:…, plugin:… and so on';
alter table relata.audit add column tx bigint not null default 0;
alter table relata.audit alter column tx set default (pg_current_xact_id()::text::bigint);
comment on column relata.audit.tx is 'The transaction that wrote it; entries are sealed in the order of (tx, id). 0: before there were seals';
create index audit_cause on relata.audit (tenant_id, cause, id) where cause is not null;
create index audit_order on relata.audit (tenant_id, tx, id);
alter table relata.audit drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read'));
revoke update on relata.audit from relata_app;

-- Each seal covers the entries of the transactions from the one before it up to its own end, all of which have ended, and
-- the seal before it: a chain.
create table relata.audit_seal (
    tenant_id uuid not null,
    number    bigint not null,
    upto      bigint not null,
    entries   bigint not null,
    hash      text not null,
    at        timestamptz not null,
    primary key (tenant_id, number)
);
call relata.protect('audit_seal');
revoke update, delete on relata.audit_seal from relata_app;

-- What the seal of some entries must be. Row-level security holds: it runs as whoever asks.
create function relata.audit_digest(of_tenant uuid, after_tx bigint, upto_tx bigint, previous text,
                                    out entries bigint, out hash text)
    language sql stable set search_path = pg_catalog, pg_temp as
$$
select count(*),
       encode(sha256(convert_to(previous || coalesce(string_agg(
           concat_ws('|', entry.id, extract(epoch from entry.at), entry.actor, entry.origin, entry.request_id,
                     coalesce(entry.cause, ''), entry.entity_id, entry.record_id, entry.action, entry.changes::text),
           E'\n' order by entry.tx, entry.id), ''), 'UTF8')), 'hex')
from relata.audit entry
where entry.tenant_id = of_tenant and entry.tx >= after_tx and entry.tx < upto_tx
$$;
revoke all on function relata.audit_digest(uuid, bigint, bigint, text) from public;
grant execute on function relata.audit_digest(uuid, bigint, bigint, text) to relata_app;

-- Which tenants have entries without a seal: ids only, nothing of their data.
create function relata.tenants_to_seal() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select tenant.id
from control.tenant tenant
where exists (select from relata.audit entry
              where entry.tenant_id = tenant.id
                and entry.tx >= greatest(1, coalesce((select max(seal.upto) from relata.audit_seal seal
                                                      where seal.tenant_id = tenant.id), 1)))
$$;
revoke all on function relata.tenants_to_seal() from public;
grant execute on function relata.tenants_to_seal() to relata_app;
