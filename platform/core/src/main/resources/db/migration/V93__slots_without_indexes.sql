-- A new record table has no index on its slots: the migrator makes those that the solutions want, and drops those of
-- older tables that none wants.
create or replace procedure relata.create_record_table(family text)
    language plpgsql as
$$
declare
    table_name text := 'record_' || family;
    slots text[] := '{}';
begin
    if family !~ '^[a-z][a-z0-9_]{0,40}$' then
        raise exception 'Not a family name: %', family;
    end if;
    if to_regclass(format('relata.%I', table_name)) is not null then
        return;
    end if;
    for i in 1..16 loop slots := slots || format('t%s text collate "C"', lpad(i::text, 2, '0')); end loop;
    for i in 1..12 loop slots := slots || format('n%s bigint', lpad(i::text, 2, '0')); end loop;
    for i in 1..6 loop slots := slots || format('d%s date', lpad(i::text, 2, '0')); end loop;
    for i in 1..6 loop slots := slots || format('s%s timestamptz', lpad(i::text, 2, '0')); end loop;
    for i in 1..10 loop slots := slots || format('u%s uuid', lpad(i::text, 2, '0')); end loop;
    execute format(
        'create table relata.%I (tenant_id uuid not null, entity_id uuid not null, id uuid not null, owner_id uuid, '
        'created_at timestamptz not null, created_by uuid not null, updated_at timestamptz not null, updated_by uuid not null, '
        'version bigint not null, state smallint not null default 0, %s, data jsonb not null default ''{}'', '
        'primary key (tenant_id, entity_id, id)) with (fillfactor = 70)',
        table_name, array_to_string(slots, ', '));
    call relata.protect(table_name);
end
$$;
