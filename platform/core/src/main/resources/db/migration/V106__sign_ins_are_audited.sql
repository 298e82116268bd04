alter table relata.audit drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out'));
