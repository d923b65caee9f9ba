-- tool: prisma, killed
-- not recorded: written after the schema engine of Prisma 6
-- targets: 20240102000000_add_currency, 20240103000000_create_payments, 20240104000000_index_total
-- exit code: 137
-- @ 1
CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('00000001-0000-4000-8000-000000000000', 'c1', '20240101000000_create_orders', now())
-- @ 1
UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1 WHERE migration_name = '20240101000000_create_orders'
-- @ 1
UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '20240101000000_create_orders'
-- @ baseline
-- @ 1
INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('00000002-0000-4000-8000-000000000000', 'c2', '20240102000000_add_currency', now())
-- @ 1
ALTER TABLE orders ADD COLUMN currency text;
UPDATE orders SET currency = 'EUR'
-- @ 1
UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1 WHERE migration_name = '20240102000000_add_currency'
-- @ 1
UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '20240102000000_add_currency'
-- @ 1
INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ('00000003-0000-4000-8000-000000000000', 'c3', '20240103000000_create_payments', now())
-- @ 1 in flight
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));
SELECT pg_sleep(3)
-- @ killed
