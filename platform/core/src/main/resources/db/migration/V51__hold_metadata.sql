-- Whoever writes records holds the definitions he writes by until his transaction ends, and learns which version they
-- are; whoever changes them waits for those who write, and those who come later for him. So no record is ever written
-- by definitions that no longer hold, on whatever node.
create function relata.hold_metadata(tenant uuid) returns bigint
    language plpgsql as
$$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('relata.metadata ' || tenant, 0));
    return coalesce((select version from relata.metadata_version where tenant_id = tenant), 0);
end
$$;

create function relata.take_metadata(tenant uuid) returns void
    language plpgsql as
$$
begin
    perform pg_advisory_xact_lock(hashtextextended('relata.metadata ' || tenant, 0));
end
$$;
grant execute on function relata.hold_metadata(uuid), relata.take_metadata(uuid) to relata_app;
