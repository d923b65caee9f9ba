-- tool: prisma 6.19.3
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000_currency, 20260103090000_invoices, 20260104090000_invoices_index
-- exit code: 137
-- left: _prisma_migrations 8/3/1, invoices 2/3/1, orders 3/3/1
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
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('cc4ddcbd-ea1b-4200-8bcf-10dec70eace7','1813d0ac543e2e5c3254feee22e77aba4c821db7b2d9fc0e9ee585cb79872572','2026-11-22 18:51:38.026+00','20260101090000_orders')
-- @ 1
create table orders (id serial primary key, total numeric not null)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = 'cc4ddcbd-ea1b-4200-8bcf-10dec70eace7'
-- @ 1
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:38.033+00' WHERE "id" = 'cc4ddcbd-ea1b-4200-8bcf-10dec70eace7'
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT pg_advisory_lock(72707369)
-- @ 2
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('ef9d3707-b6ab-46ad-8f06-f20062034ebb','10b0c65c2f148e86c5e11d73c754860dc3d87a1eec9cbb1576e78fa117fb5626','2026-11-22 18:51:50.358+00','20260102090000_currency')
-- @ 2
alter table orders add column currency varchar(3)
-- @ 2
update orders set currency = 'EUR'
-- @ 2
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = 'ef9d3707-b6ab-46ad-8f06-f20062034ebb'
-- @ 2
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:50.364+00' WHERE "id" = 'ef9d3707-b6ab-46ad-8f06-f20062034ebb'
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('4a8a82e1-5e54-4859-8319-94288eff3803','d6ea5ab4446268023d3e9b23b65618b187f6bdd4ad544adc5c192867583c6ade','2026-11-22 18:51:50.365+00','20260103090000_invoices')
-- @ 2
create table invoices (id serial primary key, order_id integer not null references orders (id))
-- @ 2 in flight
insert into invoices (order_id) select id from orders, pg_sleep(3)
-- @ killed
