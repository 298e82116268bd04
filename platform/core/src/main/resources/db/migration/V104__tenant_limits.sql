-- How much a tenant may ask for, where that is not what applies to all. An empty column is the usual allowance.
create table control.tenant_limits (
    tenant_id        uuid primary key references control.tenant (id) on delete cascade,
    user_requests    bigint check (user_requests between 1 and 1000000000),
    requests         bigint check (requests between 1 and 1000000000),
    database_seconds bigint check (database_seconds between 1 and 1000000),
    exports          bigint check (exports between 0 and 1000000)
);

grant select on control.tenant_limits to relata_app;
grant select, insert, update, delete on control.tenant_limits to relata_tenant_admin;
