-- How much of one currency one unit of another is worth from a day on, until a later day has another rate.
create table relata.currency_rate (
    tenant_id     uuid not null,
    from_currency text not null collate "C" check (from_currency ~ '^[A-Z]{3}$'),
    to_currency   text not null collate "C" check (to_currency ~ '^[A-Z]{3}$'),
    day           date not null,
    rate          numeric(24, 12) not null check (rate > 0),
    primary key (tenant_id, from_currency, to_currency, day)
);
call relata.protect('currency_rate');
