-- tool: rails 6.1.7.10
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000, 20260103090000, 20260104090000
-- exit code: 1
-- left: ar_internal_metadata 4/1/1, orders 3/3/1, schema_migrations 1/2/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SET client_min_messages TO 'warning'
-- @ 1
SET standard_conforming_strings = on
-- @ 1
SET intervalstyle = iso_8601
-- @ 1
SET SESSION timezone TO 'UTC'
-- @ 1
SELECT 1
-- @ 1
CREATE TABLE "schema_migrations" ("version" character varying NOT NULL PRIMARY KEY)
-- @ 1
CREATE TABLE "ar_internal_metadata" ("key" character varying NOT NULL PRIMARY KEY, "value" character varying, "created_at" timestamp(6) NOT NULL, "updated_at" timestamp(6) NOT NULL)
-- @ 1
SELECT current_database()
-- @ 2 begins allclear-run/run-1
-- @ 2
SET client_min_messages TO 'warning'
-- @ 2
SET standard_conforming_strings = on
-- @ 2
SET intervalstyle = iso_8601
-- @ 2
SET SESSION timezone TO 'UTC'
-- @ 2
SELECT 1
-- @ 2
SELECT pg_try_advisory_lock(5939944341529942170)
-- @ 1
SELECT "schema_migrations"."version" FROM "schema_migrations" ORDER BY "schema_migrations"."version" ASC
-- @ 1
BEGIN
-- @ 1
CREATE TABLE "orders" ("id" bigserial primary key, "total" decimal NOT NULL)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
INSERT INTO "schema_migrations" ("version") VALUES ('20260101090000') RETURNING "version"
-- @ 1
COMMIT
-- @ 1
SELECT "ar_internal_metadata".* FROM "ar_internal_metadata" WHERE "ar_internal_metadata"."key" = 'environment' LIMIT '1'
-- @ 1
BEGIN
-- @ 1
INSERT INTO "ar_internal_metadata" ("key", "value", "created_at", "updated_at") VALUES ('environment', 'default_env', '2026-11-22 18:49:40.401223', '2026-11-22 18:49:40.401223') RETURNING "key"
-- @ 1
COMMIT
-- @ 2
SELECT pg_advisory_unlock(5939944341529942170)
-- @ 2
SELECT 1
-- @ 2 ends
-- @ 1 ends
-- @ baseline
-- @ 3 begins allclear-run/run-1
-- @ 3
SET client_min_messages TO 'warning'
-- @ 3
SET standard_conforming_strings = on
-- @ 3
SET intervalstyle = iso_8601
-- @ 3
SET SESSION timezone TO 'UTC'
-- @ 3
SELECT 1
-- @ 3
SELECT current_database()
-- @ 4 begins allclear-run/run-1
-- @ 4
SET client_min_messages TO 'warning'
-- @ 4
SET standard_conforming_strings = on
-- @ 4
SET intervalstyle = iso_8601
-- @ 4
SET SESSION timezone TO 'UTC'
-- @ 4
SELECT 1
-- @ 4
SELECT pg_try_advisory_lock(5939944341529942170)
-- @ 3
SELECT "schema_migrations"."version" FROM "schema_migrations" ORDER BY "schema_migrations"."version" ASC
-- @ 3
BEGIN
-- @ 3
ALTER TABLE "orders" ADD "currency" character varying(3)
-- @ 3
update orders set currency = 'EUR'
-- @ 3
INSERT INTO "schema_migrations" ("version") VALUES ('20260102090000') RETURNING "version"
-- @ 3
COMMIT
-- @ 3
BEGIN
-- @ 3
CREATE TABLE "invoices" ("id" bigserial primary key, "order_id" bigint NOT NULL, CONSTRAINT "fk_rails_4fa42a6dca"
FOREIGN KEY ("order_id")
  REFERENCES "orders" ("id")
)
-- @ 3
insert into invoices (order_id) select nullif(id, 2) from orders
-- @ 3
ROLLBACK
-- @ 4
SELECT pg_advisory_unlock(5939944341529942170)
-- @ 4
SELECT 1
-- @ 4 ends
-- @ 3 ends
