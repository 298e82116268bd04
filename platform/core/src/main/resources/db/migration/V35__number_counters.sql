-- The last number given to each auto-number field, per tenant and period. Whoever takes numbers holds the row
-- until the transaction ends: a number is used or it was never given.
create table relata.number_counter (
    tenant_id uuid not null,
    entity_id uuid not null,
    field     text not null collate "C",
    period    text not null collate "C",
    last      bigint not null,
    primary key (tenant_id, entity_id, field, period)
);
call relata.protect('number_counter');
