-- What queries asked for that no index serves: which fields, how, how often and how long it took. No values.
create table relata.query_shape (
    tenant_id uuid not null,
    shape     text not null collate "C" check (length(shape) <= 1000),
    times     bigint not null,
    records   bigint not null,
    millis    bigint not null,
    slowest   bigint not null,
    first_at  timestamptz not null,
    last_at   timestamptz not null,
    primary key (tenant_id, shape)
);
comment on column relata.query_shape.shape is 'Fields and how they were used: c_deal.c_stage equal; c_deal.c_amount order';
call relata.protect('query_shape');
