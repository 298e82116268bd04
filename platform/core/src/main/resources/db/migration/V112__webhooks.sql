-- Other systems that a tenant has told of changes. Like a reader of the change feed each has come so far; what it is told
-- of is written down as deliveries, which outlast a failure. What is told is read from the outbox when it is sent, so
-- that nothing of it is kept twice.
create table relata.webhook (
    tenant_id       uuid not null,
    id              uuid not null,
    name            text not null,
    url             text not null,
    events          text[] not null,
    entities        uuid[] not null,
    secret          text not null,
    former_secret   text,
    former_until    timestamptz,
    owner_id        uuid not null,
    skip_own        boolean not null,
    active          boolean not null,
    paused_because  text,
    after_tx        bigint not null,
    after_id        uuid not null,
    failures        integer not null default 0,
    failing_since   timestamptz,
    next_at         timestamptz,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id)
);
call relata.protect('webhook');

create table relata.webhook_delivery (
    tenant_id    uuid not null,
    id           uuid not null,
    webhook_id   uuid not null,
    event_tx     bigint not null,
    event_id     uuid not null,
    record_id    uuid not null,
    type         text not null,
    state        text not null check (state in ('waiting', 'delivered', 'failed')),
    attempts     smallint not null default 0,
    next_at      timestamptz not null,
    lease_until  timestamptz,
    status       integer,
    reason       text,
    took_millis  integer,
    attempted_at timestamptz,
    created_at   timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, webhook_id, event_tx, event_id)
);
create index webhook_delivery_due on relata.webhook_delivery (tenant_id, webhook_id, next_at) where state = 'waiting';
create index webhook_delivery_turn on relata.webhook_delivery (tenant_id, webhook_id, record_id, event_tx, event_id)
    where state = 'waiting';
create index webhook_delivery_old on relata.webhook_delivery (tenant_id, created_at);
call relata.protect('webhook_delivery');

-- Which webhooks have something to tell: ids only, nothing of tenants' data. Asked every second by each server, so each
-- entity of a webhook costs a look into an index and no more.
create function relata.webhooks_with_work(now timestamptz) returns table (tenant uuid, webhook uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select hook.tenant_id, hook.id
from relata.webhook hook
join control.tenant tenant on tenant.id = hook.tenant_id and tenant.status = 'active'
where hook.active and (hook.next_at is null or hook.next_at <= now)
  and (exists (select from relata.webhook_delivery due
               where due.tenant_id = hook.tenant_id and due.webhook_id = hook.id and due.state = 'waiting'
                 and due.next_at <= now and (due.lease_until is null or due.lease_until <= now))
    or exists (select from unnest(hook.entities) entity,
                      lateral (select from relata.outbox event
                               where event.tenant_id = hook.tenant_id and event.entity_id = entity
                                 and (event.tx, event.id) > (hook.after_tx, hook.after_id)
                                 and event.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                               limit 1) fresh))
$$;
revoke all on function relata.webhooks_with_work(timestamptz) from public;
grant execute on function relata.webhooks_with_work(timestamptz) to relata_app;
