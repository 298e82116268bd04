-- What somebody would make by hand for this one tenant: typed columns and the indexes that its queries need.
create schema hand;
create table hand.account (
    id uuid primary key, version bigint not null, created_at timestamptz not null, created_by uuid not null,
    updated_at timestamptz not null, updated_by uuid not null,
    name text collate "C" not null, number text collate "C", industry text collate "C", region text collate "C",
    city text collate "C", revenue numeric(18, 2), employees bigint, website text, phone text, description text
);
create table hand.opportunity (
    id uuid primary key, version bigint not null, created_at timestamptz not null, created_by uuid not null,
    updated_at timestamptz not null, updated_by uuid not null,
    name text collate "C" not null, number text collate "C", stage text collate "C" not null, region text collate "C",
    source text collate "C", competitor text collate "C", campaign text collate "C", city text collate "C",
    country text collate "C", reference text collate "C",
    amount numeric(18, 2), probability numeric(3, 0), quantity bigint, discount numeric(18, 2), rating bigint,
    priority bigint, active boolean, open_date date, close_date date, last_contact timestamptz,
    account_id uuid, next_step text, reason text, notes text, description text
);
create table hand.audit (
    id bigint generated always as identity primary key, record_id uuid not null, at timestamptz not null,
    by_user uuid not null, operation text not null, changes jsonb not null
);
create index on hand.audit (record_id, id);
create table hand.outbox (
    id bigint generated always as identity primary key, record_id uuid not null, at timestamptz not null,
    event jsonb not null
);
