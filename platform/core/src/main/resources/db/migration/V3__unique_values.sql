-- Uniqueness in one tenant, entity and field, held by a primary key: a record's table is shared by entities and
-- its slots by fields, so that no unique index on it could say it. Live records alone have rows here.
create table relata.unique_value (
    tenant_id uuid not null,
    entity_id uuid not null,
    field     text not null collate "C",
    value     text not null collate "C",
    record_id uuid not null,
    primary key (tenant_id, entity_id, field, value)
);
call relata.protect('unique_value');
