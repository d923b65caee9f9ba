-- tool: sql-migrate 0.0~git20191213.0633851
-- recorded on: PostgreSQL 15.18
-- targets: 2_currency.sql, 3_invoices.sql, 4_invoices_index.sql
-- exit code: 0
-- left: gorp_migrations 2/4/1, invoices 2/3/2, orders 3/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
create table if not exists "gorp_migrations" ("id" text not null primary key, "applied_at" timestamp with time zone) ;
-- @ 1
SELECT * FROM "gorp_migrations"
-- @ 1
BEGIN READ WRITE
-- @ 1
create table orders (id serial primary key, total numeric not null);
-- @ 1
insert into orders (total) values (10), (20), (30);
-- @ 1
insert into "gorp_migrations" ("id","applied_at") values ('1_orders.sql','2026-11-22 18:50:51.431287+00');
-- @ 1
COMMIT
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
create table if not exists "gorp_migrations" ("id" text not null primary key, "applied_at" timestamp with time zone) ;
-- @ 2
SELECT * FROM "gorp_migrations"
-- @ 2
BEGIN READ WRITE
-- @ 2
alter table orders add column currency varchar(3);
-- @ 2
update orders set currency = 'EUR';
-- @ 2
insert into "gorp_migrations" ("id","applied_at") values ('2_currency.sql','2026-11-22 18:50:51.779768+00');
-- @ 2
COMMIT
-- @ 2
BEGIN READ WRITE
-- @ 2
create table invoices (id serial primary key, order_id integer not null references orders (id));
-- @ 2
insert into invoices (order_id) select id from orders;
-- @ 2
insert into "gorp_migrations" ("id","applied_at") values ('3_invoices.sql','2026-11-22 18:50:51.784613+00');
-- @ 2
COMMIT
-- @ 2
BEGIN READ WRITE
-- @ 2
create index invoices_order_id_idx on invoices (order_id);
-- @ 2
insert into "gorp_migrations" ("id","applied_at") values ('4_invoices_index.sql','2026-11-22 18:50:51.786039+00');
-- @ 2
COMMIT
-- @ 2 ends
