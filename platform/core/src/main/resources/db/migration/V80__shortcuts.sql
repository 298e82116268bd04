-- What a person opened lately, and what the person keeps at hand: records and views.
create table relata.shortcut (
    tenant_id       uuid not null,
    user_id         uuid not null,
    entity_id       uuid not null,
    kind            text not null check (kind in ('record', 'view')),
    target          text not null,
    visited_at      timestamptz,
    favourite_since timestamptz,
    primary key (tenant_id, user_id, entity_id, kind, target),
    check (visited_at is not null or favourite_since is not null)
);
comment on column relata.shortcut.target is 'A record''s id; a view''s key, or the id of one that somebody keeps';
call relata.protect('shortcut');
