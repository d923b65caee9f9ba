-- tool: drizzle 0.31.11
-- recorded on: PostgreSQL 15.18
-- targets: 1767344400000, 1767430800000, 1767517200000
-- exit code: 1
-- left: drizzle.__drizzle_migrations 3/1/1, orders 2/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
CREATE SCHEMA IF NOT EXISTS "drizzle"
-- @ 1
CREATE TABLE IF NOT EXISTS "drizzle"."__drizzle_migrations" (
				id SERIAL PRIMARY KEY,
				hash text NOT NULL,
				created_at bigint
			)
-- @ 1
select id, hash, created_at from "drizzle"."__drizzle_migrations" order by created_at desc limit 1
-- @ 1
begin
-- @ 1
CREATE TABLE "orders" ("id" serial PRIMARY KEY NOT NULL, "total" numeric NOT NULL);
-- @ 1
INSERT INTO "orders" ("total") VALUES (10), (20), (30);
-- @ 1
insert into "drizzle"."__drizzle_migrations" ("hash", "created_at") values('f172d9391fc1a161a7624d11a851c603b89e088c69556b37f8d32723c5fe4510', '1767258000000')
-- @ 1
commit
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
CREATE SCHEMA IF NOT EXISTS "drizzle"
-- @ 2
CREATE TABLE IF NOT EXISTS "drizzle"."__drizzle_migrations" (
				id SERIAL PRIMARY KEY,
				hash text NOT NULL,
				created_at bigint
			)
-- @ 2
select id, hash, created_at from "drizzle"."__drizzle_migrations" order by created_at desc limit 1
-- @ 2
begin
-- @ 2
ALTER TABLE "orders" ADD COLUMN "currency" varchar(3);
-- @ 2
UPDATE "orders" SET "currency" = 'EUR';
-- @ 2
insert into "drizzle"."__drizzle_migrations" ("hash", "created_at") values('ebe6df414cbd2e9c0630617392cf39186f8aa2b4e7c1a88fcb7089a7e8920808', '1767344400000')
-- @ 2
CREATE TABLE "invoices" ("id" serial PRIMARY KEY NOT NULL, "order_id" integer NOT NULL REFERENCES "orders" ("id"));
-- @ 2
insert into invoices (order_id) select nullif(id, 2) from orders;
-- @ 2
rollback
-- @ 2 ends
