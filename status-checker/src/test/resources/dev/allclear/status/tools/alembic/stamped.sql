-- tool: alembic 1.8.1
-- recorded on: PostgreSQL 15.18
-- targets: 2b1d5f63c8e2, 3c2e6a74d9f3, 4d3f7b85eaf4
-- exit code: 0
-- left: alembic_version 1/1/1, orders 2/3/1
-- @ 1 begins allclear-run/run-1
-- @ 1
BEGIN
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
select current_schema()
-- @ 1
ROLLBACK
-- @ 1
BEGIN
-- @ 1
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
-- @ 1
CREATE TABLE orders (
	id SERIAL NOT NULL,
	total NUMERIC NOT NULL,
	PRIMARY KEY (id)
)
-- @ 1
insert into orders (total) values (10), (20), (30)
-- @ 1
INSERT INTO alembic_version (version_num) VALUES ('1a0c4e52b7d1') RETURNING alembic_version.version_num
-- @ 1
COMMIT
-- @ 1 ends
-- @ baseline
-- @ 2 begins allclear-run/run-1
-- @ 2
BEGIN
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
select current_schema()
-- @ 2
ROLLBACK
-- @ 2
BEGIN
-- @ 2
SELECT alembic_version.version_num
FROM alembic_version
-- @ 2
UPDATE alembic_version SET version_num='4d3f7b85eaf4' WHERE alembic_version.version_num = '1a0c4e52b7d1'
-- @ 2
COMMIT
-- @ 2 ends
