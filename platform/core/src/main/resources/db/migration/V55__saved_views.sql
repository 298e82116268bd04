-- Ways to look at an entity's records that people keep for themselves or show to everybody in the tenant.
create table relata.saved_view (
    tenant_id  uuid not null,
    id         uuid not null,
    entity_id  uuid not null,
    owner_id   uuid not null,
    name       text not null,
    shared     boolean not null,
    definition jsonb not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id)
);
comment on column relata.saved_view.definition is 'Columns, order, filter and grouping by the names of fields; the members that a view of the metadata has';
call relata.protect('saved_view');
create index saved_view_entity on relata.saved_view (tenant_id, entity_id, owner_id);
