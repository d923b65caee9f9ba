-- tool: efcore, failed
-- not recorded: written after Npgsql.EntityFrameworkCore.PostgreSQL 9
-- targets: 20240102000000_AddCurrency, 20240103000000_CreatePayments, 20240104000000_IndexTotal
-- exit code: 1
-- @ 1
CREATE TABLE "__EFMigrationsHistory" ("MigrationId" character varying(150) NOT NULL, "ProductVersion" character varying(32) NOT NULL, CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId"))
-- @ 1
CREATE TABLE orders (id bigint PRIMARY KEY, total numeric NOT NULL)
-- @ 1
INSERT INTO orders SELECT n, n FROM generate_series(1, 20) AS n
-- @ 1
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20240101000000_CreateOrders', '9.0.0')
-- @ baseline
-- @ 1
BEGIN
-- @ 1
ALTER TABLE orders ADD COLUMN currency text
-- @ 1
UPDATE orders SET currency = 'EUR'
-- @ 1
INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('20240102000000_AddCurrency', '9.0.0')
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
CREATE TABLE payments (id bigint PRIMARY KEY, order_id bigint REFERENCES orders (id))
-- @ 1
CREATE INDEX payments_order_idx ON payments (missing_column)
-- @ 1
ROLLBACK
-- @ 1 ends
