-- How much a tenant's queries may ask for, where that is not what applies to all. An empty column is the usual limit.
create table control.query_limits (
    tenant_id uuid primary key references control.tenant (id) on delete cascade,
    length    integer check (length between 1024 and 1048576),
    depth     integer check (depth between 5 and 100),
    terms     integer check (terms between 10 and 10000),
    choices   integer check (choices between 10 and 100000),
    expands   integer check (expands between 0 and 100),
    rows      integer check (rows between 50 and 10000),
    seconds   integer check (seconds between 1 and 600)
);

grant select on control.query_limits to relata_app;
grant select, insert, update, delete on control.query_limits to relata_tenant_admin;
