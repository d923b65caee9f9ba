-- tool: node-pg-migrate 9.0.0
-- recorded on: PostgreSQL 15.18
-- targets: 1767344400000_currency, 1767430800000_invoices, 1767517200000_invoices-index
-- exit code: 1
-- left: orders 2/3/1, pgmigrations 3/1/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SELECT pg_try_advisory_lock(7241865325823964) AS "lockObtained"
-- @ 1
SET search_path TO "public"
-- @ 1
CREATE TABLE "public"."pgmigrations" (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)
-- @ 1
SELECT name FROM "public"."pgmigrations" ORDER BY run_on, id
-- @ 1
BEGIN
-- @ 1
CREATE TABLE "orders" (
  "id" serial PRIMARY KEY,
  "total" numeric NOT NULL
);
-- @ 1
insert into orders (total) values (10), (20), (30);
-- @ 1
INSERT INTO "public"."pgmigrations" (name, run_on) VALUES ('1767258000000_orders', NOW());
-- @ 1
COMMIT
-- @ 1
SELECT pg_advisory_unlock(7241865325823964) AS "lockReleased"
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT pg_try_advisory_lock(7241865325823964) AS "lockObtained"
-- @ 2
SET search_path TO "public"
-- @ 2
SELECT name FROM "public"."pgmigrations" ORDER BY run_on, id
-- @ 2
BEGIN
-- @ 2
ALTER TABLE "orders"
  ADD "currency" varchar(3);
-- @ 2
update orders set currency = 'EUR';
-- @ 2
INSERT INTO "public"."pgmigrations" (name, run_on) VALUES ('1767344400000_currency', NOW());
-- @ 2
CREATE TABLE "invoices" (
  "id" serial PRIMARY KEY,
  "order_id" integer NOT NULL REFERENCES "orders"
);
-- @ 2
insert into invoices (order_id) select nullif(id, 2) from orders;
-- @ 2
ROLLBACK
-- @ 2
SELECT pg_advisory_unlock(7241865325823964) AS "lockReleased"
-- @ 2 ends
