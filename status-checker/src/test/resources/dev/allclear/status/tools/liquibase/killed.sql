-- tool: liquibase 4.33.0
-- recorded on: PostgreSQL 15.18
-- targets: currency::shop, invoices::shop, invoices_index::shop
-- exit code: 137
-- left: databasechangelog 14/2/0, databasechangeloglock 4/1/1, orders 3/3/1
-- @ 1 begins
-- @ 1
SET application_name = 'PostgreSQL JDBC Driver'
-- @ 1
BEGIN
-- @ 1
select current_schema()
-- @ 1
select current_catalog
-- @ 1
CREATE TABLE public.databasechangelog (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP WITHOUT TIME ZONE NOT NULL, ORDEREXECUTED INTEGER NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255), LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10))
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
SELECT COUNT(*) FROM public.databasechangelog
-- @ 1
SELECT * FROM public.databasechangelog ORDER BY DATEEXECUTED ASC, ORDEREXECUTED ASC
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
SET SEARCH_PATH TO public, "$user","public"
-- @ 1
CREATE TABLE public.databasechangeloglock (ID INTEGER NOT NULL, LOCKED BOOLEAN NOT NULL, LOCKGRANTED TIMESTAMP WITHOUT TIME ZONE, LOCKEDBY VARCHAR(255), CONSTRAINT databasechangeloglock_pkey PRIMARY KEY (ID))
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 1
DELETE FROM public.databasechangeloglock
-- @ 1
INSERT INTO public.databasechangeloglock (ID, LOCKED) VALUES (1, FALSE)
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 1
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 1
SELECT LOCKED FROM public.databasechangeloglock WHERE ID=1
-- @ 1
UPDATE public.databasechangeloglock SET LOCKED = TRUE, LOCKEDBY = 'host (127.0.0.1)', LOCKGRANTED = NOW() WHERE ID = 1 AND LOCKED = FALSE
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
SELECT COUNT(*) FROM public.databasechangelog
-- @ 1
SELECT * FROM public.databasechangelog ORDER BY DATEEXECUTED ASC, ORDEREXECUTED ASC
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
create table orders (id serial primary key, total numeric not null)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
SELECT MAX(ORDEREXECUTED) FROM public.databasechangelog
-- @ 1
INSERT INTO public.databasechangelog (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, MD5SUM, DESCRIPTION, COMMENTS, EXECTYPE, CONTEXTS, LABELS, LIQUIBASE, DEPLOYMENT_ID) VALUES ('orders', 'shop', 'changelog.sql', NOW(), 1, '9:b4b375fda4f4c07bc6ecf063fa313b6d', 'sql', '', 'EXECUTED', NULL, NULL, '4.33.0', '5373315063')
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
UPDATE public.databasechangeloglock SET LOCKED = FALSE, LOCKEDBY = NULL, LOCKGRANTED = NULL WHERE ID = 1
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1 ends
-- @ baseline
-- @ 2 begins
-- @ 2
SET application_name = 'PostgreSQL JDBC Driver'
-- @ 2
BEGIN
-- @ 2
select current_schema()
-- @ 2
select current_catalog
-- @ 2
SELECT MD5SUM FROM public.databasechangelog WHERE MD5SUM IS NOT NULL AND MD5SUM NOT LIKE '9:%'
-- @ 2
SELECT COUNT(*) FROM public.databasechangelog
-- @ 2
SELECT * FROM public.databasechangelog ORDER BY DATEEXECUTED ASC, ORDEREXECUTED ASC
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 2
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
SET SEARCH_PATH TO public, "$user","public"
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
SET SEARCH_PATH TO public, "$user","public"
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
SET SEARCH_PATH TO public, "$user","public"
-- @ 2
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 2
SELECT COUNT(*) FROM public.databasechangeloglock
-- @ 2
SELECT LOCKED FROM public.databasechangeloglock WHERE ID=1
-- @ 2
UPDATE public.databasechangeloglock SET LOCKED = TRUE, LOCKEDBY = 'host (127.0.0.1)', LOCKGRANTED = NOW() WHERE ID = 1 AND LOCKED = FALSE
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
SELECT COUNT(*) FROM public.databasechangelog
-- @ 2
SELECT * FROM public.databasechangelog ORDER BY DATEEXECUTED ASC, ORDEREXECUTED ASC
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
alter table orders add column currency varchar(3)
-- @ 2
update orders set currency = 'EUR'
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
SELECT MAX(ORDEREXECUTED) FROM public.databasechangelog
-- @ 2
INSERT INTO public.databasechangelog (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, MD5SUM, DESCRIPTION, COMMENTS, EXECTYPE, CONTEXTS, LABELS, LIQUIBASE, DEPLOYMENT_ID) VALUES ('currency', 'shop', 'changelog.sql', NOW(), 2, '9:982c0bd92cc140a75c7245e40a5cd032', 'sql', '', 'EXECUTED', NULL, NULL, '4.33.0', '5373318003')
-- @ 2
COMMIT
-- @ 2
BEGIN
-- @ 2
create table invoices (id serial primary key, order_id integer not null references orders (id))
-- @ 2 in flight
insert into invoices (order_id) select id from orders, pg_sleep(3)
-- @ killed
