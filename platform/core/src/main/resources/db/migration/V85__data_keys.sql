-- The keys with which a tenant's encrypted fields are sealed, each wrapped by a master key that is kept elsewhere.
-- The newest seals; the others are there to read what was sealed before.
create table relata.data_key (
    tenant_id  uuid not null,
    id         integer not null check (id > 0),
    master     text not null,
    wrapped    bytea not null,
    created_at timestamptz not null,
    primary key (tenant_id, id)
);
comment on column relata.data_key.master is 'Names the master key, in the operator''s configuration';
call relata.protect('data_key');
