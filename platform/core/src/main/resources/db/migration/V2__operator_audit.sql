-- What operators did, and what they were in the middle of. Neither is any business of the platform's role.

create table control.operator_audit (
    id            bigint generated always as identity primary key,
    at            timestamptz not null,
    operator_id   text not null,
    operator_name text not null,
    action        text not null,
    tenant_id     uuid,
    detail        text
);
comment on table control.operator_audit is 'Append only; tenant_id is no foreign key, so that the trail outlives the tenant';
create index operator_audit_tenant on control.operator_audit (tenant_id, id desc);

-- A row stands here from before the first change in Keycloak until the transaction that makes the change
-- known to the platform. One that is left over tells what to remove after a crash.
create table control.unfinished_change (
    id           uuid primary key,
    organization text,
    username     text,
    client       text,
    started_at   timestamptz not null
);

grant select, insert on control.operator_audit to relata_tenant_admin;
grant select, insert, delete on control.unfinished_change to relata_tenant_admin;
grant usage on sequence control.operator_audit_id_seq to relata_tenant_admin;
