-- Changes of a tenant's metadata: what was going to differ, what that meant for its records, who made it and when.
-- Applied ones are the history; one can be taken back by another that says the opposite.
create table relata.metadata_plan (
    tenant_id    uuid not null,
    id           uuid not null,
    title        text not null,
    state        text not null check (state in ('open', 'applied')),
    base_version bigint not null,
    version      bigint,
    changes      jsonb not null,
    impacts      jsonb not null,
    jobs         uuid[] not null default '{}',
    reverts      uuid,
    created_at   timestamptz not null,
    created_by   uuid not null,
    applied_at   timestamptz,
    applied_by   uuid,
    primary key (tenant_id, id)
);
comment on column relata.metadata_plan.base_version is 'The version of the metadata that it was worked out against, and the only one it may be applied to';
comment on column relata.metadata_plan.jobs is 'What goes on in the background since it was applied';
create index metadata_plan_reverts on relata.metadata_plan (tenant_id, reverts) where reverts is not null;
call relata.protect('metadata_plan');
