-- Records that must not go, whoever wants to delete, purge or erase them, until somebody takes the hold off.
create table relata.legal_hold (
    tenant_id uuid not null,
    entity_id uuid not null,
    record_id uuid not null,
    reason    text not null,
    placed_by uuid not null,
    placed_at timestamptz not null,
    primary key (tenant_id, entity_id, record_id)
);
call relata.protect('legal_hold');

alter table relata.audit drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out', 'erase', 'hold',
                      'release'));
