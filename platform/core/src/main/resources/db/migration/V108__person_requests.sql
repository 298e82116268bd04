-- What somebody wanted to know of a person, and where it was found: ids only, so that nothing of the person is kept
-- twice, but for what was looked for.
create table relata.person_request (
    tenant_id    uuid not null,
    id           uuid not null,
    wish         jsonb not null,
    job_id       uuid not null,
    requested_by uuid not null,
    created_at   timestamptz not null,
    primary key (tenant_id, id)
);
comment on column relata.person_request.wish is 'The record, e-mail addresses, phone numbers and names that were looked for';
call relata.protect('person_request');

create table relata.person_finding (
    tenant_id  uuid not null,
    request_id uuid not null,
    kind       text not null collate "C" check (kind in ('person', 'mention', 'reference', 'file', 'audit')),
    entity_id  uuid not null,
    record_id  uuid not null,
    field      text not null collate "C",
    file_id    uuid,
    entries    bigint not null default 1,
    primary key (tenant_id, request_id, kind, entity_id, record_id, field),
    foreign key (tenant_id, request_id) references relata.person_request (tenant_id, id) on delete cascade
);
comment on column relata.person_finding.field is 'Empty: the record as a whole';
comment on column relata.person_finding.entries is 'How many entries of the audit trail';
call relata.protect('person_finding');
