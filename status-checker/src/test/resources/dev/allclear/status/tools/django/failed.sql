-- tool: django 3.2.25
-- recorded on: PostgreSQL 15.18
-- targets: shop.0002_currency, shop.0003_invoices, shop.0004_invoices_index
-- exit code: 1
-- left: django_migrations 4/2/1, shop_order 3/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SET TIME ZONE 'UTC'
-- @ 1
BEGIN
-- @ 1
CREATE TABLE "django_migrations" ("id" bigserial NOT NULL PRIMARY KEY, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" timestamp with time zone NOT NULL)
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
CREATE TABLE "shop_order" ("id" bigserial NOT NULL PRIMARY KEY, "total" integer NOT NULL)
-- @ 1
insert into shop_order (total) values (10), (20), (30)
-- @ 1
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0001_orders', '2026-11-22T18:49:28.284903+00:00'::timestamptz) RETURNING "django_migrations"."id"
-- @ 1
COMMIT
-- @ 1
SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SET TIME ZONE 'UTC'
-- @ 2
SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"
-- @ 2
SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"
-- @ 2
BEGIN
-- @ 2
ALTER TABLE "shop_order" ADD COLUMN "currency" varchar(3) NULL
-- @ 2
update shop_order set currency = 'EUR'
-- @ 2
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0002_currency', '2026-11-22T18:49:28.958564+00:00'::timestamptz) RETURNING "django_migrations"."id"
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
CREATE TABLE "shop_invoice" ("id" bigserial NOT NULL PRIMARY KEY, "order_id" bigint NOT NULL)
-- @ 2
insert into shop_invoice (order_id) select nullif(id, 2) from shop_order
-- @ 2
ROLLBACK
-- @ 2 ends
