-- Reports and dashboards that people keep for themselves or show to everybody in the tenant. Only the question is kept:
-- whoever opens one asks with the own rights.
create table relata.saved_report (
    tenant_id  uuid not null,
    id         uuid not null,
    kind       text not null check (kind in ('report', 'dashboard')),
    owner_id   uuid not null,
    name       text not null,
    shared     boolean not null,
    definition jsonb not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id)
);
comment on column relata.saved_report.definition is 'A report: the set, what it is grouped by, measures, filter, form. A dashboard: tiles, each with a report of its own';
call relata.protect('saved_report');
create index saved_report_kind on relata.saved_report (tenant_id, kind, owner_id);
