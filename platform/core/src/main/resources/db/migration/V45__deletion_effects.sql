-- What a deletion did to other records, so that a restoration can undo it: each row names the deleted record, the
-- record that pointed to it by the field, and what became of that one. A restoration takes its rows away.
create table relata.deletion_effect (
    tenant_id    uuid not null,
    cause_entity uuid not null,
    cause_id     uuid not null,
    entity_id    uuid not null,
    record_id    uuid not null,
    field        text not null collate "C",
    effect       text not null check (effect in ('deleted', 'cleared')),
    primary key (tenant_id, cause_entity, cause_id, entity_id, record_id, field)
);
call relata.protect('deletion_effect');
