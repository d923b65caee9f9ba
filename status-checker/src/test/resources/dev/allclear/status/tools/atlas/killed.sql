-- tool: atlas, killed
-- not recorded: written after atlasexec and the revisions schema of Atlas 0.31
-- targets: 20240102000000, 20240103000000, 20240104000000
-- exit code: 137
-- @ 1
CREATE SCHEMA atlas_schema_revisions
-- @ 1
CREATE TABLE atlas_schema_revisions.atlas_schema_revisions (version character varying NOT NULL PRIMARY KEY, description character varying NOT NULL, type bigint NOT NULL DEFAULT 2, applied bigint NOT NULL DEFAULT 0, total bigint NOT NULL DEFAULT 0, executed_at timestamptz NOT NULL, execution_time bigint NOT NULL, error text NULL, error_stmt text NULL, hash character varying NOT NULL, partial_hashes jsonb NULL, operator_version character varying NOT NULL)
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240101000000', 'create_orders', 2, 2, 2, now(), 1000, '', '', 'h1', '[]', 'Atlas CLI v0.31')
-- @ baseline
-- @ 1
BEGIN
-- @ 1
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240102000000', 'add_currency', 2, 0, 2, now(), 1000, '', '', 'h2', '[]', 'Atlas CLI v0.31')
-- @ 1
ALTER TABLE orders ADD COLUMN currency text
-- @ 1
UPDATE atlas_schema_revisions.atlas_schema_revisions SET applied = 1 WHERE version = '20240102000000'
-- @ 1
UPDATE orders SET currency = 'EUR'
-- @ 1
UPDATE atlas_schema_revisions.atlas_schema_revisions SET applied = 2 WHERE version = '20240102000000'
-- @ 1
COMMIT
-- @ 1
INSERT INTO atlas_schema_revisions.atlas_schema_revisions VALUES ('20240103000000', 'create_payments', 2, 0, 2, now(), 1000, '', '', 'h3', '[]', 'Atlas CLI v0.31')
-- @ 1
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))
-- @ 1
UPDATE atlas_schema_revisions.atlas_schema_revisions SET applied = 1 WHERE version = '20240103000000'
-- @ 1 in flight
SELECT pg_sleep(3)
-- @ killed
