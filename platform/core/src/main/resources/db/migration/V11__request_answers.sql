-- What was answered to requests that carry an Idempotency-Key, so that sending one again does nothing twice. A row is
-- written in the transaction of the request's work: it is there exactly when the work was done.
create table relata.request_answer (
    tenant_id   uuid not null,
    user_id     uuid not null,
    key         text not null collate "C",
    fingerprint text not null,
    answer      bytea,
    at          timestamptz not null,
    primary key (tenant_id, user_id, key)
);
comment on column relata.request_answer.fingerprint is 'Hash of the request: the same key with another request is refused';
call relata.protect('request_answer');
create index request_answer_age on relata.request_answer (tenant_id, at);
