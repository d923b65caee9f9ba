-- tool: prisma 6.19.3
-- recorded on: PostgreSQL 15.18
-- targets: 20260102090000_currency, 20260103090000_invoices, 20260104090000_invoices_index
-- exit code: 0
-- left: _prisma_migrations 8/4/1, orders 2/3/1
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
INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ('72171748-153d-4ab5-965f-818f912d5f49','1813d0ac543e2e5c3254feee22e77aba4c821db7b2d9fc0e9ee585cb79872572','2026-11-22 18:51:58.221+00','20260101090000_orders')
-- @ 1
create table orders (id serial primary key, total numeric not null)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + '1') WHERE "id" = '72171748-153d-4ab5-965f-818f912d5f49'
-- @ 1
UPDATE "_prisma_migrations" SET "finished_at" = '2026-11-22 18:51:58.228+00' WHERE "id" = '72171748-153d-4ab5-965f-818f912d5f49'
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
SELECT pg_advisory_lock(72707369)
-- @ 2
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 2
INSERT INTO "_prisma_migrations" ("id","checksum","logs","started_at","finished_at","migration_name") VALUES ('bb1c478d-b415-4bbf-baf9-b0e444a0b3cf','10b0c65c2f148e86c5e11d73c754860dc3d87a1eec9cbb1576e78fa117fb5626','','2026-11-22 18:52:09.846+00','2026-11-22 18:52:09.846+00','20260102090000_currency')
-- @ 2 ends
-- @ 3 begins allclear-run/run-1
-- @ 3
SELECT pg_advisory_lock(72707369)
-- @ 3
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 3
INSERT INTO "_prisma_migrations" ("id","checksum","logs","started_at","finished_at","migration_name") VALUES ('b535928d-45e2-4ce8-8a04-f8b688d0a809','79e253a40ea33feb68e7b4c690eeb6ccb160c8c955e6cf3e4c2902eef4ab8692','','2026-11-22 18:52:21.374+00','2026-11-22 18:52:21.374+00','20260103090000_invoices')
-- @ 3 ends
-- @ 4 begins allclear-run/run-1
-- @ 4
SELECT pg_advisory_lock(72707369)
-- @ 4
SELECT "id", "checksum", "finished_at", "migration_name", "logs", "rolled_back_at", "started_at", "applied_steps_count" FROM "_prisma_migrations" ORDER BY "started_at" ASC
-- @ 4
INSERT INTO "_prisma_migrations" ("id","checksum","logs","started_at","finished_at","migration_name") VALUES ('59c0ddc3-5cb4-4998-ae86-4cac74bb85d4','29d91bc72f9d7901b114d1aa71537f6a4bec7877ee5dfbd8adc7506a95320023','','2026-11-22 18:52:35.398+00','2026-11-22 18:52:35.398+00','20260104090000_invoices_index')
-- @ 4 ends
