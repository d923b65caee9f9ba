-- tool: django 3.2.25
-- recorded on: PostgreSQL 15.18
-- targets: shop.0002_currency, shop.0003_invoices, shop.0004_invoices_index
-- exit code: 0
-- left: django_migrations 4/4/1, shop_invoice 2/3/2, shop_order 3/3/1
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
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0001_orders', '2026-11-22T18:49:26.551550+00:00'::timestamptz) RETURNING "django_migrations"."id"
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
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0002_currency', '2026-11-22T18:49:27.178874+00:00'::timestamptz) RETURNING "django_migrations"."id"
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
CREATE TABLE "shop_invoice" ("id" bigserial NOT NULL PRIMARY KEY, "order_id" bigint NOT NULL)
-- @ 2
insert into shop_invoice (order_id) select id from shop_order
-- @ 2
ALTER TABLE "shop_invoice" ADD CONSTRAINT "shop_invoice_order_id_1ed1a945_fk_shop_order_id" FOREIGN KEY ("order_id") REFERENCES "shop_order" ("id") DEFERRABLE INITIALLY DEFERRED
-- @ 2
COMMIT
-- @ 2
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0003_invoices', '2026-11-22T18:49:27.185327+00:00'::timestamptz) RETURNING "django_migrations"."id"
-- @ 2
BEGIN
-- @ 2
CREATE INDEX "invoices_order_id_idx" ON "shop_invoice" ("order_id")
-- @ 2
INSERT INTO "django_migrations" ("app", "name", "applied") VALUES ('shop', '0004_invoices_index', '2026-11-22T18:49:27.188479+00:00'::timestamptz) RETURNING "django_migrations"."id"
-- @ 2
COMMIT
-- @ 2
SELECT "django_migrations"."id", "django_migrations"."app", "django_migrations"."name", "django_migrations"."applied" FROM "django_migrations"
-- @ 2 ends
