-- tool: prisma 6.19.3
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000_currency, 20260103090000_invoices, 20260104090000_invoices_index
-- exit code: 0
-- left: _prisma_migrations 8/4/1, invoices 2/3/2, orders 3/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
SELECT pg_advisory_lock(72707369)
-- @ 1
CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);
-- @ 1
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 1
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('8b300a4d-7ddb-4b48-b69b-6524e0332fa2','1813d0ac543e2e5c3254feee22e77aba4c821db7b2d9fc0e9ee585cb79872572','2026-11-22 18:51:00.278+00','20260101090000_orders')
-- @ 1
create table orders (id serial primary key, total numeric not null)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '8b300a4d-7ddb-4b48-b69b-6524e0332fa2'
-- @ 1
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:00.285+00' WHERE "id" = '8b300a4d-7ddb-4b48-b69b-6524e0332fa2'
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT pg_advisory_lock(72707369)
-- @ 2
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('767e899b-8aee-4f29-a1a3-0779b1721a0d','10b0c65c2f148e86c5e11d73c754860dc3d87a1eec9cbb1576e78fa117fb5626','2026-11-22 18:51:11.97+00','20260102090000_currency')
-- @ 2
alter table orders add column currency varchar(3)
-- @ 2
update orders set currency = 'EUR'
-- @ 2
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '767e899b-8aee-4f29-a1a3-0779b1721a0d'
-- @ 2
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:11.978+00' WHERE "id" = '767e899b-8aee-4f29-a1a3-0779b1721a0d'
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('4764c96e-37eb-4f64-8c0d-0d048014ffc8','79e253a40ea33feb68e7b4c690eeb6ccb160c8c955e6cf3e4c2902eef4ab8692','2026-11-22 18:51:11.98+00','20260103090000_invoices')
-- @ 2
create table invoices (id serial primary key, order_id integer not null references orders (id))
-- @ 2
insert into invoices (order_id) select id from orders
-- @ 2
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '4764c96e-37eb-4f64-8c0d-0d048014ffc8'
-- @ 2
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:11.992+00' WHERE "id" = '4764c96e-37eb-4f64-8c0d-0d048014ffc8'
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('437dc821-4bab-4f19-8b00-af00e4860199','29d91bc72f9d7901b114d1aa71537f6a4bec7877ee5dfbd8adc7506a95320023','2026-11-22 18:51:11.992+00','20260104090000_invoices_index')
-- @ 2
create index invoices_order_id_idx on invoices (order_id)
-- @ 2
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '437dc821-4bab-4f19-8b00-af00e4860199'
-- @ 2
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:11.997+00' WHERE "id" = '437dc821-4bab-4f19-8b00-af00e4860199'
-- @ 2 ends
