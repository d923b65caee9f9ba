-- tool: typeorm 1.1.1
-- recorded on: PostgreSQL 15.18
-- targets: Currency1767344400000, Invoices1767430800000, InvoicesIndex1767517200000
-- exit code: 1
-- left: migrations 3/1/1, orders 2/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SELECT * FROM current_schema()
-- @ 1
CREATE TABLE "migrations" ("id" SERIAL NOT NULL, "timestamp" bigint NOT NULL, "name" character varying NOT NULL, CONSTRAINT "PK_8c82d7f526340ab734260ea46be" PRIMARY KEY ("id"))
-- @ 1
SELECT * FROM "migrations" "migrations" ORDER BY "id" DESC
-- @ 1
START TRANSACTION
-- @ 1
create table "orders" ("id" serial primary key, "total" numeric not null)
-- @ 1
insert into "orders" ("total") values (10), (20), (30)
-- @ 1
INSERT INTO "migrations"("timestamp", "name") VALUES ('1767258000000', 'Orders1767258000000')
-- @ 1
COMMIT
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT * FROM current_schema()
-- @ 2
SELECT * FROM "migrations" "migrations" ORDER BY "id" DESC
-- @ 2
START TRANSACTION
-- @ 2
alter table "orders" add "currency" character varying(3)
-- @ 2
update "orders" set "currency" = 'EUR'
-- @ 2
INSERT INTO "migrations"("timestamp", "name") VALUES ('1767344400000', 'Currency1767344400000')
-- @ 2
create table "invoices" ("id" serial primary key, "order_id" integer not null references "orders" ("id"))
-- @ 2
insert into invoices (order_id) select nullif(id, 2) from orders
-- @ 2
ROLLBACK
-- @ 2 ends
