-- One table for all work in the background: imports, changes of many records, exports. A job is worked on in turns.
-- Who has the turn holds a lease and renews it with every batch; when a process dies, its lease ends and another goes
-- on from the checkpoint, which is written in the transaction of the batch. The database's clock decides.
create table relata.job (
    tenant_id    uuid not null,
    id           uuid not null,
    kind         text not null,
    entity       text not null,
    definition   jsonb not null,
    checkpoint   jsonb not null default 'null',
    state        text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
    cancel_asked boolean not null default false,
    total        bigint,
    processed    bigint not null default 0,
    created      bigint not null default 0,
    updated      bigint not null default 0,
    unchanged    bigint not null default 0,
    deleted      bigint not null default 0,
    restored     bigint not null default 0,
    rejected     bigint not null default 0,
    problem      jsonb,
    requested_by jsonb not null,
    created_at   timestamptz not null,
    started_at   timestamptz,
    finished_at  timestamptz,
    runner       uuid,
    lease_until  timestamptz,
    attempts     smallint not null default 0,
    primary key (tenant_id, id)
);
comment on column relata.job.definition is 'What is to be done, in the form of its kind';
comment on column relata.job.checkpoint is 'How far it has come, in the form of its kind';
comment on column relata.job.attempts is 'Turns taken since the last batch that was done';
create index job_open on relata.job (tenant_id, created_at, id) where state in ('queued', 'running');
create index job_newest on relata.job (tenant_id, created_at desc, id desc);
call relata.protect('job');

-- What a job refused: a row of a file, or a record.
create table relata.job_error (
    tenant_id  uuid not null,
    job_id     uuid not null,
    number     bigint not null,
    line       bigint,
    record_id  uuid,
    row_values jsonb not null,
    faults     jsonb not null,
    primary key (tenant_id, job_id, number)
);
call relata.protect('job_error');

insert into relata.job (tenant_id, id, kind, entity, definition, state, cancel_asked, total, processed, created, updated,
                        unchanged, rejected, problem, requested_by, created_at, started_at, finished_at, runner,
                        lease_until, attempts)
select tenant_id, id, 'import', entity,
       jsonb_build_object('fileName', file_name, 'fileKey', file_key, 'mapping', mapping, 'header', header),
       state, cancel_asked, total, processed, created, updated, unchanged, rejected,
       case when problem ->> 'code' in ('import.requester-gone', 'import.given-up', 'import.fault')
            then jsonb_set(problem, '{code}', to_jsonb(replace(problem ->> 'code', 'import.', 'job.')))
            else problem end,
       requested_by, created_at,
       started_at, finished_at, runner, lease_until, attempts
from relata.import_job;

insert into relata.job_error (tenant_id, job_id, number, line, row_values, faults)
select tenant_id, job_id, row_number, line, row_values, violations
from relata.import_reject;

drop function relata.tenants_with_open_imports();
drop table relata.import_reject;
drop table relata.import_job;

-- Which tenants have jobs to work on: ids only, nothing of their data. Row-level security lets the application see one
-- tenant at a time; asking them all in turn would cost a transaction each, however few have work.
create function relata.tenants_with_open_jobs() returns setof uuid
    language sql stable security definer set search_path = pg_catalog, pg_temp as
$$
select distinct job.tenant_id from relata.job job where job.state in ('queued', 'running')
$$;
revoke all on function relata.tenants_with_open_jobs() from public;
grant execute on function relata.tenants_with_open_jobs() to relata_app;
