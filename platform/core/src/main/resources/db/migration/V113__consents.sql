-- What people have agreed to be contacted for, and what they were shown when they did.
create table relata.consent_purpose (
    tenant_id  uuid not null,
    id         uuid not null,
    code       text collate "C" not null,
    label      jsonb not null,
    months     integer check (months > 0),
    active     boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, code)
);
comment on column relata.consent_purpose.months is 'For how long a consent counts; null: until it is withdrawn';
call relata.protect('consent_purpose');

-- A text is never changed: another one is another version.
create table relata.consent_text (
    tenant_id  uuid not null,
    purpose_id uuid not null,
    version    integer not null,
    texts      jsonb not null,
    created_by uuid not null,
    created_at timestamptz not null,
    primary key (tenant_id, purpose_id, version),
    foreign key (tenant_id, purpose_id) references relata.consent_purpose (tenant_id, id) on delete cascade
);
call relata.protect('consent_text');
revoke update, delete on relata.consent_text from relata_app;

-- Each time that somebody agreed or took it back. What counts is what was said last, which need not be what was written
-- down last.
create table relata.consent (
    tenant_id    uuid not null,
    id           uuid not null,
    entity_id    uuid not null,
    record_id    uuid not null,
    purpose_id   uuid not null,
    state        text collate "C" not null check (state in ('given', 'withdrawn')),
    said_at      timestamptz not null,
    current      boolean not null,
    recorded_at  timestamptz not null,
    recorded_by  uuid not null,
    way          text collate "C" not null check (way in ('screen', 'api', 'form', 'import')),
    text_version integer,
    language     text collate "C",
    shown        text collate "C",
    source       text,
    address      text,
    primary key (tenant_id, id),
    foreign key (tenant_id, purpose_id) references relata.consent_purpose (tenant_id, id),
    foreign key (tenant_id, purpose_id, text_version) references relata.consent_text (tenant_id, purpose_id, version)
);
comment on column relata.consent.shown is 'SHA-256 of the text that the person was shown';
create unique index consent_current on relata.consent (tenant_id, entity_id, purpose_id, record_id) where current;
create index consent_record on relata.consent (tenant_id, entity_id, record_id, id);
create index consent_of_purpose on relata.consent (tenant_id, purpose_id);
call relata.protect('consent');
revoke update on relata.consent from relata_app;
grant update (current, source, address) on relata.consent to relata_app;

alter table relata.audit drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out', 'erase', 'hold',
                      'release', 'consent', 'withdraw'));
