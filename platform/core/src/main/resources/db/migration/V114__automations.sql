-- What a tenant has done by itself: when something happens to a record, or at a time, steps are done. Like a webhook an
-- automation follows the outbox from a place of its own; each record that it takes on is a run, a row that says which
-- step is next. Steps are done in the transaction that moves the row on, so that none is done twice or left out.
create table relata.automation (
    tenant_id       uuid not null,
    id              uuid not null,
    name            text not null,
    entity_id       uuid not null,
    version         integer not null,
    active          boolean not null,
    paused_because  text,
    owner_id        uuid not null,
    follows         boolean not null,
    after_tx        bigint not null,
    after_id        uuid not null,
    due_at          timestamptz,
    sweep_day       date,
    sweep_after     uuid,
    sweep_up_to     uuid,
    turn            bigint not null default 0,
    done            bigint not null default 0,
    failed          bigint not null default 0,
    millis          bigint not null default 0,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (tenant_id, id)
);
call relata.protect('automation');

create table relata.automation_version (
    tenant_id      uuid not null,
    automation_id  uuid not null,
    version        integer not null,
    definition     jsonb not null,
    made_by        uuid not null,
    made_at        timestamptz not null,
    primary key (tenant_id, automation_id, version)
);
call relata.protect('automation_version');

create table relata.automation_run (
    tenant_id      uuid not null,
    id             uuid not null,
    automation_id  uuid not null,
    version        integer not null,
    record_id      uuid not null,
    depth          smallint not null,
    state          text not null check (state in ('waiting', 'done', 'failed', 'stopped')),
    step           integer not null,
    attempts       smallint not null default 0,
    next_at        timestamptz not null,
    reason         jsonb,
    log            jsonb not null default '[]',
    created_at     timestamptz not null,
    ended_at       timestamptz,
    primary key (tenant_id, id)
);
create index automation_run_due on relata.automation_run (tenant_id, automation_id, next_at, id) where state = 'waiting';
create index automation_run_list on relata.automation_run (tenant_id, automation_id, state, id);
create index automation_run_old on relata.automation_run (tenant_id, ended_at) where ended_at is not null;
call relata.protect('automation_run');

-- Which automations have something to do: ids only. Asked every second by each server.
create function relata.automations_with_work(now timestamptz) returns table (tenant uuid, automation uuid)
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select one.tenant_id, one.id
from relata.automation one
join control.tenant tenant on tenant.id = one.tenant_id and tenant.status = 'active'
where one.active
  and (one.due_at <= now
    or one.sweep_up_to is not null
    or exists (select from relata.automation_run due
               where due.tenant_id = one.tenant_id and due.automation_id = one.id and due.state = 'waiting'
                 and due.next_at <= now)
    or (one.follows and exists (select from relata.outbox event
               where event.tenant_id = one.tenant_id and event.entity_id = one.entity_id
                 and (event.tx, event.id) > (one.after_tx, one.after_id)
                 and event.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)))
$$;
revoke all on function relata.automations_with_work(timestamptz) from public;
grant execute on function relata.automations_with_work(timestamptz) to relata_app;

-- What people are told in the application. Of the record only its id is kept: what its reader may see of it is filled in
-- when it is read.
create table relata.notification (
    tenant_id   uuid not null,
    id          uuid not null,
    user_id     uuid not null,
    text        text not null,
    entity_id   uuid not null,
    record_id   uuid not null,
    created_at  timestamptz not null,
    read_at     timestamptz,
    primary key (tenant_id, id)
);
create index notification_of_user on relata.notification (tenant_id, user_id, id);
create index notification_unread on relata.notification (tenant_id, user_id) where read_at is null;
create index notification_old on relata.notification (tenant_id, created_at);
call relata.protect('notification');

-- Tenants where nothing has happened lately have something to clear, too.
create or replace function relata.tenants_to_clear(events_before uuid, answers_before timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select tenant.id
from control.tenant tenant
where exists (select from relata.outbox event where event.tenant_id = tenant.id and event.id < events_before)
   or exists (select from relata.request_answer answer
              where answer.tenant_id = tenant.id and answer.at < answers_before)
   or exists (select from relata.webhook_delivery delivery
              where delivery.tenant_id = tenant.id and delivery.created_at < answers_before - interval '7 days')
   or exists (select from relata.automation_run run
              where run.tenant_id = tenant.id and run.ended_at < answers_before - interval '29 days')
   or exists (select from relata.notification told
              where told.tenant_id = tenant.id and told.created_at < answers_before - interval '89 days')
$$;
