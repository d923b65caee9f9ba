-- tool: prisma 6.19.3
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000_currency, 20260103090000_invoices, 20260104090000_invoices_index
-- exit code: 1
-- left: _prisma_migrations 8/3/1, invoices 2/0/1, orders 3/3/1
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
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('8a26b71f-39bc-45f0-aff1-a7da970f89b1','1813d0ac543e2e5c3254feee22e77aba4c821db7b2d9fc0e9ee585cb79872572','2026-11-22 18:51:24.103+00','20260101090000_orders')
-- @ 1
create table orders (id serial primary key, total numeric not null)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '8a26b71f-39bc-45f0-aff1-a7da970f89b1'
-- @ 1
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:24.111+00' WHERE "id" = '8a26b71f-39bc-45f0-aff1-a7da970f89b1'
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT pg_advisory_lock(72707369)
-- @ 2
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('5d53b2cc-3dfa-40dc-9ccc-499cb383eeda','10b0c65c2f148e86c5e11d73c754860dc3d87a1eec9cbb1576e78fa117fb5626','2026-11-22 18:51:35.868+00','20260102090000_currency')
-- @ 2
alter table orders add column currency varchar(3)
-- @ 2
update orders set currency = 'EUR'
-- @ 2
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '5d53b2cc-3dfa-40dc-9ccc-499cb383eeda'
-- @ 2
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:35.873+00' WHERE "id" = '5d53b2cc-3dfa-40dc-9ccc-499cb383eeda'
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('9cfe3fa6-3ce0-4a77-9d15-9f33db068197','d3db12881c5db43ea06c32f9828c3ae8f1f144a9f00470977f7137906d9c1207','2026-11-22 18:51:35.874+00','20260103090000_invoices')
-- @ 2
create table invoices (id serial primary key, order_id integer not null references orders (id))
-- @ 2
insert into invoices (order_id) select nullif(id, 2) from orders
-- @ 2 ends
-- @ 3 begins allclear-run/run-1
-- @ 3
UPDATE "_prisma_migrations" SET "logs" = 'external connector error
Null constraint failed:
   0: sql_schema_connector::apply_migration::apply_script
           with migration_name="20260103090000_invoices"
             at schema-engine/connectors/sql-schema-connector/src/apply_migration.rs:113
   1: schema_commands::commands::apply_migrations::Applying migration
           with migration_name="20260103090000_invoices"
             at schema-engine/commands/src/commands/apply_migrations.rs:95
   2: schema_engine_wasm::wasm::engine::ApplyMigrations
             at schema-engine/schema-engine-wasm/src/wasm/engine.rs:167' WHERE "id" = '9cfe3fa6-3ce0-4a77-9d15-9f33db068197'
-- @ 3 ends
