-- The outbox becomes a log that readers follow with cursors. Ids are made before their transactions commit, and
-- transactions commit in any order: a reader that only remembered the last id would skip what commits late. So each
-- event keeps its transaction's number, and is shown when no older transaction is under way.
alter table relata.outbox add column tx bigint not null default (pg_current_xact_id()::text::bigint);
comment on column relata.outbox.tx is 'The transaction that wrote it; readers go on in the order of (tx, id)';
create index outbox_feed on relata.outbox (tenant_id, entity_id, tx, id);

-- Which tenants have something that has been kept long enough: ids only, nothing of their data.
create function relata.tenants_to_clear(events_before uuid, answers_before timestamptz) returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select tenant.id
from control.tenant tenant
where exists (select from relata.outbox event where event.tenant_id = tenant.id and event.id < events_before)
   or exists (select from relata.request_answer answer
              where answer.tenant_id = tenant.id and answer.at < answers_before)
$$;
revoke all on function relata.tenants_to_clear(uuid, timestamptz) from public;
grant execute on function relata.tenants_to_clear(uuid, timestamptz) to relata_app;
