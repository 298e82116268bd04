-- Values of the audit trail can be erased and its seals still hold. What is sealed of an entry is no longer what changed
-- but a salted digest of it. When the values go, the digest stays and the salt goes with them, so that nobody can find
-- out by trying what they were.
alter table relata.audit
    add column salt   uuid default gen_random_uuid(),
    add column digest text,
    add column erased uuid;
comment on column relata.audit.salt is 'Null once the values have been erased';
comment on column relata.audit.digest is 'Of what changed, as it was before it was erased';
comment on column relata.audit.erased is 'The entry that says that, and what is left here';
alter table relata.audit drop constraint audit_action_check;
alter table relata.audit add constraint audit_action_check
    check (action in ('create', 'update', 'delete', 'restore', 'export', 'read', 'sign-in', 'sign-out', 'erase'));

-- The application only ever adds: neither does it delete entries.
revoke delete on relata.audit from relata_app;

create function relata.audit_value_digest(salt uuid, changes jsonb) returns text
    language sql immutable set search_path = pg_catalog, pg_temp as
$$
select encode(sha256(convert_to(salt::text || '|' || changes::text, 'UTF8')), 'hex')
$$;
revoke all on function relata.audit_value_digest(uuid, jsonb) from public;
grant execute on function relata.audit_value_digest(uuid, jsonb) to relata_app;

alter function relata.audit_digest(uuid, bigint, bigint, text) rename to audit_digest_before;

create function relata.audit_digest(of_tenant uuid, after_tx bigint, upto_tx bigint, previous text,
                                    out entries bigint, out hash text)
    language sql stable set search_path = pg_catalog, pg_temp as
$$
select count(*),
       encode(sha256(convert_to(previous || coalesce(string_agg(
           concat_ws('|', entry.id, extract(epoch from entry.at), entry.actor, entry.origin, entry.request_id,
                     coalesce(entry.cause, ''), entry.entity_id, entry.record_id, entry.action,
                     coalesce(entry.digest, relata.audit_value_digest(entry.salt, entry.changes))),
           E'\n' order by entry.tx, entry.id), ''), 'UTF8')), 'hex')
from relata.audit entry
where entry.tenant_id = of_tenant and entry.tx >= after_tx and entry.tx < upto_tx
$$;
revoke all on function relata.audit_digest(uuid, bigint, bigint, text) from public;
grant execute on function relata.audit_digest(uuid, bigint, bigint, text) to relata_app;

-- What was sealed in the old form is sealed in the new one, seal by seal, where it still is what was sealed. A seal that
-- was broken stays so: it keeps its hash, which fits nothing.
alter table relata.audit_seal add column former text;
comment on column relata.audit_seal.former is 'The hash under which it was sealed before what is sealed was changed';
do $$
declare
    seal        record;
    old         record;
    fresh       record;
    tenant      uuid;
    after_tx    bigint;
    former_hash text;
    new_hash    text;
begin
    for seal in select * from relata.audit_seal order by tenant_id, number loop
        if tenant is distinct from seal.tenant_id then
            tenant := seal.tenant_id;
            after_tx := 1;
            former_hash := '';
            new_hash := '';
        end if;
        select * into old from relata.audit_digest_before(tenant, after_tx, seal.upto, former_hash);
        select * into fresh from relata.audit_digest(tenant, after_tx, seal.upto, new_hash);
        if old.hash = seal.hash and old.entries = seal.entries then
            new_hash := fresh.hash;
        else
            new_hash := seal.hash;
        end if;
        former_hash := seal.hash;
        after_tx := seal.upto;
        update relata.audit_seal set hash = new_hash, former = seal.hash
        where tenant_id = seal.tenant_id and number = seal.number;
    end loop;
end
$$;
drop function relata.audit_digest_before(uuid, bigint, bigint, text);

-- Takes values out of entries. The application has no other way to change an entry, and this one leaves a trace: an
-- entry `erase` of the same tenant must say of each what is left, and left is the same with fewer values.
create function relata.erase_audit(of_tenant uuid, erasure uuid, ids uuid[], remaining jsonb[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as
$$
declare
    told jsonb;
    i    integer;
    was  jsonb;
begin
    if of_tenant is distinct from nullif(current_setting('app.tenant', true), '')::uuid then
        raise exception 'Another tenant';
    end if;
    select entry.changes -> 0 -> 'entries' into told from relata.audit entry
    where entry.tenant_id = of_tenant and entry.id = erasure and entry.action = 'erase';
    for i in 1..cardinality(ids) loop
        select entry.changes into was from relata.audit entry
        where entry.tenant_id = of_tenant and entry.id = ids[i] and entry.action <> 'erase' for update;
        if was is null or told ->> ids[i]::text is distinct from
                          encode(sha256(convert_to(remaining[i]::text, 'UTF8')), 'hex') then
            raise exception 'Nobody has said what is left of entry %', ids[i];
        end if;
        if exists (select from jsonb_array_elements(was) with ordinality a(value, place)
                   full join jsonb_array_elements(remaining[i]) with ordinality b(value, place) using (place)
                   where a.value is null or b.value is null or not a.value @> (b.value - 'erased')) then
            raise exception 'More is left of entry % than there was', ids[i];
        end if;
        update relata.audit entry
        set digest = coalesce(entry.digest, relata.audit_value_digest(entry.salt, entry.changes)),
            salt = null, changes = remaining[i], erased = erasure
        where entry.tenant_id = of_tenant and entry.id = ids[i];
    end loop;
end
$$;
revoke all on function relata.erase_audit(uuid, uuid, uuid[], jsonb[]) from public;
grant execute on function relata.erase_audit(uuid, uuid, uuid[], jsonb[]) to relata_app;

create table relata.person_erasure (
    tenant_id    uuid not null,
    id           uuid not null,
    request_id   uuid not null,
    job_id       uuid not null,
    reason       text not null,
    modes        jsonb not null,
    requested_by uuid not null,
    created_at   timestamptz not null,
    finished_at  timestamptz,
    proof        jsonb,
    primary key (tenant_id, id)
);
comment on column relata.person_erasure.proof is 'What went and what stayed, by ids and names of fields; nothing of the person';
create index person_erasure_request on relata.person_erasure (tenant_id, request_id);
call relata.protect('person_erasure');
create table relata.person_erasure_step (
    tenant_id  uuid not null,
    erasure_id uuid not null,
    entity_id  uuid not null,
    record_id  uuid not null,
    result     text not null check (result in ('blanked', 'deleted', 'kept', 'file')),
    fields     jsonb not null,
    primary key (tenant_id, erasure_id, entity_id, record_id, result),
    foreign key (tenant_id, erasure_id) references relata.person_erasure (tenant_id, id) on delete cascade
);
comment on column relata.person_erasure_step.fields is 'The fields concerned; of what is kept with the reason';
call relata.protect('person_erasure_step');
