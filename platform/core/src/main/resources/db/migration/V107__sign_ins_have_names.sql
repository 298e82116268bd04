-- People see their sign-ins and end them: each has a name that is no secret, and says where it was made.
alter table relata.web_session
    add column id      uuid not null default gen_random_uuid(),
    add column address text,
    add column agent   text,
    add constraint web_session_id unique (tenant_id, id);
