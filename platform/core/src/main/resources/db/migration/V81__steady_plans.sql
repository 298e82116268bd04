-- What a transaction of queries sets whose plan is the same for all values: it is made once and kept.
create function relata.set_tenant(tenant uuid, patience_millis integer, steady boolean) returns void
    language plpgsql as
$$
begin
    perform relata.set_tenant(tenant, patience_millis);
    if steady then
        set local plan_cache_mode = force_generic_plan;
    end if;
end
$$;
grant execute on function relata.set_tenant(uuid, integer, boolean) to relata_app;
