-- Who changes where records stand in a hierarchy does so one after the other: two who move two records under each
-- other at the same time would each see no loop. One row for each tenant and entity; whoever holds it has the turn.
create table relata.hierarchy_turn (
    tenant_id uuid not null,
    entity_id uuid not null,
    turns     bigint not null,
    primary key (tenant_id, entity_id)
);
call relata.protect('hierarchy_turn');
