-- All that a transaction of queries sets, in one call. Queries are planned for their values: what is right for a
-- frequent value is wrong for a rare one, and a plan for all values cannot know.
create function relata.set_tenant(tenant uuid, patience_millis integer) returns void
    language plpgsql as
$$
begin
    execute format('set local app.tenant = %L', tenant);
    execute format('set local statement_timeout = %s', patience_millis);
    set local plan_cache_mode = force_custom_plan;
end
$$;
