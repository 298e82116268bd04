-- What stands in lists of texts (tags, several options), item by item: under row-level security no index over documents
-- serves a condition, so that these are plain rows of plain texts. Whether a record is deleted is its own row's matter.
create table relata.list_item (
    tenant_id uuid not null,
    entity_id uuid not null,
    field     text not null collate "C",
    item      text not null collate "C",
    record_id uuid not null,
    primary key (tenant_id, entity_id, field, item, record_id)
);
comment on column relata.list_item.field is 'The member of the record''s document that holds the list';
create index list_item_record on relata.list_item (tenant_id, entity_id, record_id);
call relata.protect('list_item');

do $$
declare
    records text;
begin
    for records in select table_name from information_schema.tables
                   where table_schema = 'relata' and table_name like 'record\_%' loop
        execute format('insert into relata.list_item (tenant_id, entity_id, field, item, record_id) '
                       'select distinct r.tenant_id, r.entity_id, m.key, i.item, r.id from relata.%I r '
                       'cross join lateral jsonb_each(r.data) m '
                       'cross join lateral jsonb_array_elements_text(m.value) i(item) '
                       'where jsonb_typeof(r.data) = ''object'' and jsonb_typeof(m.value) = ''array''', records);
    end loop;
end
$$;
