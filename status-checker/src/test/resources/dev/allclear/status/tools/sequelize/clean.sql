-- tool: sequelize 6.6.5
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000-currency.js, 20260103090000-invoices.js, 20260104090000-invoices-index.js
-- exit code: 0
-- left: "SequelizeMeta" 1/4/1, invoices 2/3/2, orders 3/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
-- @ 1
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));
-- @ 1 ends
-- @ 2 begins allclear-run/run-1
-- @ 2
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
-- @ 2
SELECT 1+1 AS result
-- @ 2
CREATE TABLE IF NOT EXISTS "SequelizeMeta" ("name" VARCHAR(255) NOT NULL UNIQUE , PRIMARY KEY ("name"));
-- @ 2
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 2
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 2
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 2
CREATE TABLE IF NOT EXISTS "orders" ("id"  SERIAL , "total" DECIMAL NOT NULL, PRIMARY KEY ("id"));
-- @ 2
INSERT INTO "orders" ("total") VALUES (10),(20),(30);
-- @ 2
INSERT INTO "SequelizeMeta" ("name") VALUES ('20260101090000-orders.js') RETURNING "name";
-- @ 2 ends
-- @ baseline
-- @ 3 begins allclear-run/run-1
-- @ 3
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
-- @ 3
WITH ranges AS (  SELECT pg_range.rngtypid, pg_type.typname AS rngtypname,         pg_type.typarray AS rngtyparray, pg_range.rngsubtype    FROM pg_range LEFT OUTER JOIN pg_type ON pg_type.oid = pg_range.rngtypid)SELECT pg_type.typname, pg_type.typtype, pg_type.oid, pg_type.typarray,       ranges.rngtypname, ranges.rngtypid, ranges.rngtyparray  FROM pg_type LEFT OUTER JOIN ranges ON pg_type.oid = ranges.rngsubtype WHERE (pg_type.typtype IN('b', 'e'));
-- @ 3 ends
-- @ 4 begins allclear-run/run-1
-- @ 4
SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;
-- @ 4
SELECT 1+1 AS result
-- @ 4
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 4
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 4
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 4
ALTER TABLE "public"."orders" ADD COLUMN "currency" VARCHAR(3);
-- @ 4
update orders set currency = 'EUR'
-- @ 4
INSERT INTO "SequelizeMeta" ("name") VALUES ('20260102090000-currency.js') RETURNING "name";
-- @ 4
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 4
CREATE TABLE IF NOT EXISTS "invoices" ("id"  SERIAL , "order_id" INTEGER NOT NULL REFERENCES "orders" ("id"), PRIMARY KEY ("id"));
-- @ 4
insert into invoices (order_id) select id from orders
-- @ 4
INSERT INTO "SequelizeMeta" ("name") VALUES ('20260103090000-invoices.js') RETURNING "name";
-- @ 4
SELECT "name" FROM "SequelizeMeta" AS "SequelizeMeta" ORDER BY "SequelizeMeta"."name" ASC;
-- @ 4
CREATE INDEX "invoices_order_id" ON "invoices" ("order_id")
-- @ 4
INSERT INTO "SequelizeMeta" ("name") VALUES ('20260104090000-invoices-index.js') RETURNING "name";
-- @ 4 ends
