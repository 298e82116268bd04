-- Who leads a user: sees what that user owns, and what those own whom that user leads.
alter table relata.access_principal add column manager_id uuid;
create index access_principal_manager on relata.access_principal (tenant_id, manager_id, id) where manager_id is not null;
