insert into hand.account
select id, version, created_at, created_by, updated_at, updated_by, t01, t02, t03, t04, t05, n01 / 100.0, n02,
       data ->> 'website', data ->> 'phone', data ->> 'description'
from relata.record_bench_account where tenant_id = '%1$s' order by id;
insert into hand.opportunity
select id, version, created_at, created_by, updated_at, updated_by, t01, t02, t03, t04, t05, t06, t07, t08, t09, t10,
       n01 / 100.0, n02, n03, n04 / 100.0, n05, n06, n07 = 1, d01, d02, s01, u01,
       data ->> 'nextStep', data ->> 'reason', data ->> 'notes', data ->> 'description'
from relata.record_bench_opportunity where tenant_id = '%1$s' order by id;
create index on hand.account (industry, revenue, id);
create index on hand.account (region);
create index on hand.opportunity (name);
create index on hand.opportunity (number);
create index on hand.opportunity (stage, region, amount, id);
create index on hand.opportunity (amount, id);
create index on hand.opportunity (close_date, id);
create index on hand.opportunity (account_id, stage);
alter table hand.account owner to relata_owner;
alter table hand.opportunity owner to relata_owner;
alter table hand.audit owner to relata_owner;
alter table hand.outbox owner to relata_owner;
grant usage on schema hand to relata_app;
grant select, insert, update, delete on all tables in schema hand to relata_app;
