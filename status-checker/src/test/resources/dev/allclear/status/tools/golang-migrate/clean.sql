-- tool: golang-migrate, clean
-- not recorded: written after database/postgres of golang-migrate 4.18
-- targets: 2, 3, 4
-- exit code: 0
-- @ 1
CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL)
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (1, false)
-- @ 1
COMMIT
-- @ baseline
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (2, true)
-- @ 1
COMMIT
-- @ 1
ALTER TABLE orders ADD COLUMN currency text;
UPDATE orders SET currency = 'EUR'
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (2, false)
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (3, true)
-- @ 1
COMMIT
-- @ 1
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id));
CREATE INDEX payments_order_idx ON payments (order_id)
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (3, false)
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (4, true)
-- @ 1
COMMIT
-- @ 1
CREATE INDEX orders_total_idx ON orders (total)
-- @ 1
BEGIN
-- @ 1
TRUNCATE schema_migrations
-- @ 1
INSERT INTO schema_migrations (version, dirty) VALUES (4, false)
-- @ 1
COMMIT
-- @ 1 ends
