-- tool: dbmate 2.36.0
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000, 20260103090000, 20260104090000
-- exit code: 0
-- left: invoices 2/3/2, orders 3/3/1, schema_migrations 1/4/1
-- @ 1 begins allclear-run/run-1
-- @ 1
select current_schema()
-- @ 1 ends
-- @ 2 begins allclear-run/run-1
-- @ 2
select current_schema()
-- @ 2
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 2
create table if not exists public.schema_migrations (version varchar primary key)
-- @ 2
BEGIN READ WRITE
-- @ 2
-- migrate:up
create table orders (id serial primary key, total numeric not null);
insert into orders (total) values (10), (20), (30);
-- @ 2
select current_schema()
-- @ 2
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 2
insert into public.schema_migrations (version) values ('20260101090000')
-- @ 2
COMMIT
-- @ 2 ends
-- @ baseline
-- @ 3 begins allclear-run/run-1
-- @ 3
select current_schema()
-- @ 3
select current_schema()
-- @ 3
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 3
select version from public.schema_migrations order by version desc
-- @ 3 ends
-- @ 4 begins allclear-run/run-1
-- @ 4
select current_schema()
-- @ 4
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 4
create table if not exists public.schema_migrations (version varchar primary key)
-- @ 4
BEGIN READ WRITE
-- @ 4
-- migrate:up
alter table orders add column currency varchar(3);
update orders set currency = 'EUR';
-- @ 4
select current_schema()
-- @ 4
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 4
insert into public.schema_migrations (version) values ('20260102090000')
-- @ 4
COMMIT
-- @ 4
BEGIN READ WRITE
-- @ 4
-- migrate:up
create table invoices (id serial primary key, order_id integer not null references orders (id));
insert into invoices (order_id) select id from orders;
-- @ 4
select current_schema()
-- @ 4
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 4
insert into public.schema_migrations (version) values ('20260103090000')
-- @ 4
COMMIT
-- @ 4
BEGIN READ WRITE
-- @ 4
-- migrate:up
create index invoices_order_id_idx on invoices (order_id);
-- @ 4
select current_schema()
-- @ 4
select quote_ident(unnest('{public,schema_migrations}'::text[]))
-- @ 4
insert into public.schema_migrations (version) values ('20260104090000')
-- @ 4
COMMIT
-- @ 4 ends
