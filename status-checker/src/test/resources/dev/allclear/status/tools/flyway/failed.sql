-- tool: flyway 13.12.0
-- recorded on: PostgreSQL 15.18
-- targets: 2, 3, 4
-- exit code: 1
-- left: flyway_schema_history 10/2/2, orders 3/3/1
-- @ 1 begins Redgate_Flyway
-- @ 1
SELECT CURRENT_USER
-- @ 1
SELECT rolname FROM pg_roles WHERE rolname ILIKE 'rds_superuser'
-- @ 1
SELECT current_schema
-- @ 1
SELECT current_schema
-- @ 1
select current_catalog
-- @ 1
SELECT current_user
-- @ 1
BEGIN
-- @ 1
SET ROLE 'postgres'
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
COMMIT
-- @ 1
SET ROLE 'postgres'
-- @ 1
BEGIN
-- @ 1
SELECT pg_try_advisory_xact_lock(77433833903597)
-- @ 1
SET ROLE 'postgres'
-- @ 1
CREATE TABLE "public"."flyway_schema_history" (
    "installed_rank" INT NOT NULL,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
)
-- @ 1
ALTER TABLE "public"."flyway_schema_history" ADD CONSTRAINT "flyway_schema_history_pk" PRIMARY KEY ("installed_rank")
-- @ 1
CREATE INDEX "flyway_schema_history_s_idx" ON "public"."flyway_schema_history" ("success")
-- @ 1
COMMIT
-- @ 1
BEGIN
-- @ 1
SET ROLE 'postgres'
-- @ 1
COMMIT
-- @ 2 begins Redgate_Flyway
-- @ 2
SELECT CURRENT_USER
-- @ 2
SELECT rolname FROM pg_roles WHERE rolname ILIKE 'rds_superuser'
-- @ 1
SET ROLE 'postgres'
-- @ 1
BEGIN
-- @ 1
SELECT pg_try_advisory_xact_lock(77433833903597)
-- @ 1
SET ROLE 'postgres'
-- @ 1
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '-1' ORDER BY "installed_rank"
-- @ 2
BEGIN
-- @ 2
SET ROLE 'postgres'
-- @ 2
SELECT set_config('search_path', '"public","$user", public', false)
-- @ 2
create table orders (id serial primary key, total numeric not null)
-- @ 2
insert into orders (total) values (10), (20), (30)
-- @ 1
SET ROLE 'postgres'
-- @ 1
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '-1' ORDER BY "installed_rank"
-- @ 1
SET ROLE 'postgres'
-- @ 1
SELECT current_user
-- @ 1
INSERT INTO "public"."flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "execution_time", "success") VALUES ('1', '1', 'orders', 'SQL', 'V1__orders.sql', '-437669882', 'postgres', '28', 't')
-- @ 2
COMMIT
-- @ 1
COMMIT
-- @ 1
SET ROLE 'postgres'
-- @ 1
BEGIN
-- @ 1
SELECT pg_try_advisory_xact_lock(77433833903597)
-- @ 1
SET ROLE 'postgres'
-- @ 1
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '-1' ORDER BY "installed_rank"
-- @ 1
COMMIT
-- @ 2
SET ROLE 'postgres'
-- @ 2
BEGIN
-- @ 2
SELECT set_config('search_path', '"$user", public', false)
-- @ 2
COMMIT
-- @ 2 ends
-- @ 1
SET ROLE 'postgres'
-- @ 1
BEGIN
-- @ 1
COMMIT
-- @ 1 ends
-- @ baseline
-- @ 3 begins Redgate_Flyway
-- @ 3
SELECT CURRENT_USER
-- @ 3
SELECT rolname FROM pg_roles WHERE rolname ILIKE 'rds_superuser'
-- @ 3
SELECT current_schema
-- @ 3
SELECT current_schema
-- @ 3
select current_catalog
-- @ 3
SELECT current_user
-- @ 3
BEGIN
-- @ 3
SET ROLE 'postgres'
-- @ 3
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '-1' ORDER BY "installed_rank"
-- @ 3
COMMIT
-- @ 3
BEGIN
-- @ 3
COMMIT
-- @ 3
SET ROLE 'postgres'
-- @ 4 begins Redgate_Flyway
-- @ 4
SELECT CURRENT_USER
-- @ 4
SELECT rolname FROM pg_roles WHERE rolname ILIKE 'rds_superuser'
-- @ 3
SET ROLE 'postgres'
-- @ 3
BEGIN
-- @ 3
SELECT pg_try_advisory_xact_lock(77433833903597)
-- @ 3
SET ROLE 'postgres'
-- @ 3
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '1' ORDER BY "installed_rank"
-- @ 4
BEGIN
-- @ 4
SET ROLE 'postgres'
-- @ 4
SELECT set_config('search_path', '"public","$user", public', false)
-- @ 4
alter table orders add column currency varchar(3)
-- @ 4
update orders set currency = 'EUR'
-- @ 3
SET ROLE 'postgres'
-- @ 3
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '1' ORDER BY "installed_rank"
-- @ 3
SET ROLE 'postgres'
-- @ 3
SELECT current_user
-- @ 3
INSERT INTO "public"."flyway_schema_history" ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by", "execution_time", "success") VALUES ('2', '2', 'currency', 'SQL', 'V2__currency.sql', '-412585442', 'postgres', '17', 't')
-- @ 4
COMMIT
-- @ 3
COMMIT
-- @ 3
SET ROLE 'postgres'
-- @ 3
BEGIN
-- @ 3
SELECT pg_try_advisory_xact_lock(77433833903597)
-- @ 3
SET ROLE 'postgres'
-- @ 3
/*NO LOAD BALANCE*/
SELECT "installed_rank","version","description","type","script","checksum","installed_on","installed_by","execution_time","success" FROM "public"."flyway_schema_history" WHERE "installed_rank" > '1' ORDER BY "installed_rank"
-- @ 4
BEGIN
-- @ 4
SET ROLE 'postgres'
-- @ 4
SELECT set_config('search_path', '"public","$user", public', false)
-- @ 4
create table invoices (id serial primary key, order_id integer not null references orders (id))
-- @ 4
insert into invoices (order_id) select nullif(id, 2) from orders
-- @ 4
ROLLBACK
-- @ 3
ROLLBACK
-- @ 4
SET ROLE 'postgres'
-- @ 4
BEGIN
-- @ 4
SELECT set_config('search_path', '"$user", public', false)
-- @ 4
COMMIT
-- @ 4 ends
-- @ 3
SET ROLE 'postgres'
-- @ 3
BEGIN
-- @ 3
COMMIT
-- @ 3 ends
