-- tool: knex 3.3.0
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000_currency.js, 20260103090000_invoices.js, 20260104090000_invoices_index.js
-- exit code: 1
-- left: knex_migrations 4/1/1, knex_migrations_lock 2/1/1, orders 2/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
create table "knex_migrations" ("id" serial primary key, "name" varchar(255), "batch" integer, "migration_time" timestamptz)
-- @ 1
create table "knex_migrations_lock" ("index" serial primary key, "is_locked" integer)
-- @ 1
select * from "knex_migrations_lock"
-- @ 1
select * from "knex_migrations_lock"
-- @ 1
insert into "knex_migrations_lock" ("is_locked") values ('0')
-- @ 1
select "name" from "knex_migrations" order by "id" asc
-- @ 1
BEGIN;
-- @ 1
update "knex_migrations_lock" set "is_locked" = '1' where "is_locked" = '0'
-- @ 1
select * from "knex_migrations_lock"
-- @ 1
select "name" from "knex_migrations" order by "id" asc
-- @ 1
select max("batch") as "max_batch" from "knex_migrations"
-- @ 1
create table "orders" ("id" serial primary key, "total" decimal(8, 2) not null)
-- @ 1
insert into "orders" ("total") values ('10'), ('20'), ('30')
-- @ 1
insert into "knex_migrations" ("batch", "migration_time", "name") values ('1', '2026-11-22 18:48:52.817+00', '20260101090000_orders.js')
-- @ 1
update "knex_migrations_lock" set "is_locked" = '0'
-- @ 1
COMMIT;
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
select * from "knex_migrations_lock"
-- @ 2
select "name" from "knex_migrations" order by "id" asc
-- @ 2
BEGIN;
-- @ 2
update "knex_migrations_lock" set "is_locked" = '1' where "is_locked" = '0'
-- @ 2
select * from "knex_migrations_lock"
-- @ 2
select "name" from "knex_migrations" order by "id" asc
-- @ 2
select max("batch") as "max_batch" from "knex_migrations"
-- @ 2
alter table "orders" add column "currency" varchar(3)
-- @ 2
update "orders" set "currency" = 'EUR'
-- @ 2
insert into "knex_migrations" ("batch", "migration_time", "name") values ('2', '2026-11-22 18:48:53.985+00', '20260102090000_currency.js')
-- @ 2
create table "invoices" ("id" serial primary key, "order_id" integer not null)
-- @ 2
alter table "invoices" add constraint "invoices_order_id_foreign" foreign key ("order_id") references "orders" ("id")
-- @ 2
insert into invoices (order_id) select nullif(id, 2) from orders
-- @ 2
ROLLBACK
-- @ 2 ends
