-- tool: sqlx, failed
-- not recorded: written after sqlx-postgres 0.8
-- targets: 2_add_currency.sql, 3_create_payments.sql, 4_index_total.sql
-- exit code: 1
-- @ 1
CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, installed_on TIMESTAMPTZ NOT NULL DEFAULT now(), success BOOLEAN NOT NULL, checksum BYTEA NOT NULL, execution_time BIGINT NOT NULL)
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (1, 'create orders', TRUE, '\x01', -1)
-- @ baseline
-- @ 1
BEGIN
-- @ 1
ALTER TABLE orders ADD COLUMN currency text
-- @ 1
UPDATE orders SET currency = 'EUR'
-- @ 1
INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (2, 'add currency', TRUE, '\x02', -1)
-- @ 1
COMMIT
-- @ 1
UPDATE _sqlx_migrations SET execution_time = 1000 WHERE version = 2
-- @ 1
BEGIN
-- @ 1
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))
-- @ 1
CREATE INDEX payments_order_idx ON payments (missing_column)
-- @ 1
ROLLBACK
-- @ 1 ends
