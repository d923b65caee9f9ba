-- tool: pgroll, failed
-- not recorded: written after pkg/state/init.sql of pgroll 0.10
-- targets: 02_add_currency, 03_create_payments, 04_index_total
-- exit code: 1
-- @ 1
CREATE SCHEMA pgroll
-- @ 1
CREATE TABLE pgroll.migrations (schema name NOT NULL, name text NOT NULL, migration jsonb NOT NULL, created_at timestamp NOT NULL DEFAULT now(), updated_at timestamp NOT NULL DEFAULT now(), parent text, done boolean NOT NULL DEFAULT false, resulting_schema jsonb NOT NULL DEFAULT '{}'::jsonb, migration_type varchar(32) DEFAULT 'pgroll', PRIMARY KEY (schema, name))
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
INSERT INTO pgroll.migrations (schema, name, parent, migration) VALUES ('public', '01_create_orders', NULL, '{"operations": []}'::jsonb)
-- @ 1
UPDATE pgroll.migrations SET done = true, updated_at = now() WHERE schema = 'public' AND name = '01_create_orders'
-- @ baseline
-- @ 1
INSERT INTO pgroll.migrations (schema, name, parent, migration) VALUES ('public', '02_add_currency', '01_create_orders', '{"operations": []}'::jsonb)
-- @ 1
ALTER TABLE orders ADD COLUMN currency text
-- @ 1
UPDATE orders SET currency = 'EUR'
-- @ 1
UPDATE pgroll.migrations SET done = true, updated_at = now() WHERE schema = 'public' AND name = '02_add_currency'
-- @ 1
INSERT INTO pgroll.migrations (schema, name, parent, migration) VALUES ('public', '03_create_payments', '02_add_currency', '{"operations": []}'::jsonb)
-- @ 1
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))
-- @ 1
CREATE INDEX payments_order_idx ON payments (missing_column)
-- @ 1
DROP TABLE IF EXISTS payments
-- @ 1
DELETE FROM pgroll.migrations WHERE schema = 'public' AND name = '03_create_payments'
-- @ 1 ends
