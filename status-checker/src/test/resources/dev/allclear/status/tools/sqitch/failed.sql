-- tool: sqitch 1.3.1
-- recorded on: PostgreSQL 15.18
-- targets: currency, invoices, invoices_index
-- exit code: 2
-- left: orders 2/3/1, sqitch.changes 11/1/2, sqitch.dependencies 4/0/1, sqitch.events 14/4/1, sqitch.projects 5/1/2, sqitch.releases 4/1/1, sqitch.tags 11/0/2
-- @ 1 begins allclear-run/run-1
-- @ 1
SET client_min_messages = WARNING
-- @ 1
SET search_path = 'sqitch'
-- @ 1
SELECT pg_try_advisory_lock(75474063)
-- @ 1
DO $$
        BEGIN
            SET LOCAL client_min_messages = 'ERROR';
            RAISE WARNING USING ERRCODE = 'undefined_table', MESSAGE = 'Sqitch registry not initialized', DETAIL = 'Because the "changes" table does not exist, Sqitch will now initialize the database to create its registry tables.';
        END;
    $$
-- @ 2 begins allclear-run/run-1
-- @ 2
BEGIN;
-- @ 2
SET client_min_messages = warning;
-- @ 2
CREATE SCHEMA IF NOT EXISTS "sqitch";
-- @ 2
COMMENT ON SCHEMA "sqitch" IS 'Sqitch database deployment metadata v1.1.';
-- @ 2
CREATE TABLE "sqitch".releases (
    version         REAL        PRIMARY KEY,
    installed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    installer_name  TEXT        NOT NULL,
    installer_email TEXT        NOT NULL
);
-- @ 2
COMMENT ON TABLE  "sqitch".releases                 IS 'Sqitch registry releases.';
-- @ 2
COMMENT ON COLUMN "sqitch".releases.version         IS 'Version of the Sqitch registry.';
-- @ 2
COMMENT ON COLUMN "sqitch".releases.installed_at    IS 'Date the registry release was installed.';
-- @ 2
COMMENT ON COLUMN "sqitch".releases.installer_name  IS 'Name of the user who installed the registry release.';
-- @ 2
COMMENT ON COLUMN "sqitch".releases.installer_email IS 'Email address of the user who installed the registry release.';
-- @ 2
CREATE TABLE "sqitch".projects (
    project         TEXT        PRIMARY KEY,
    uri             TEXT            NULL UNIQUE,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    creator_name    TEXT        NOT NULL,
    creator_email   TEXT        NOT NULL
);
-- @ 2
COMMENT ON TABLE  "sqitch".projects                IS 'Sqitch projects deployed to this database.';
-- @ 2
COMMENT ON COLUMN "sqitch".projects.project        IS 'Unique Name of a project.';
-- @ 2
COMMENT ON COLUMN "sqitch".projects.uri            IS 'Optional project URI';
-- @ 2
COMMENT ON COLUMN "sqitch".projects.created_at     IS 'Date the project was added to the database.';
-- @ 2
COMMENT ON COLUMN "sqitch".projects.creator_name   IS 'Name of the user who added the project.';
-- @ 2
COMMENT ON COLUMN "sqitch".projects.creator_email  IS 'Email address of the user who added the project.';
-- @ 2
CREATE TABLE "sqitch".changes (
    change_id       TEXT        PRIMARY KEY,
    script_hash     TEXT            NULL,
    change          TEXT        NOT NULL,
    project         TEXT        NOT NULL REFERENCES "sqitch".projects(project) ON UPDATE CASCADE,
    note            TEXT        NOT NULL DEFAULT '',
    committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name  TEXT        NOT NULL,
    committer_email TEXT        NOT NULL,
    planned_at      TIMESTAMPTZ NOT NULL,
    planner_name    TEXT        NOT NULL,
    planner_email   TEXT        NOT NULL,
    UNIQUE(project, script_hash)
);
-- @ 2
COMMENT ON TABLE  "sqitch".changes                 IS 'Tracks the changes currently deployed to the database.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.change_id       IS 'Change primary key.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.script_hash     IS 'Deploy script SHA-1 hash.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.change          IS 'Name of a deployed change.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.project         IS 'Name of the Sqitch project to which the change belongs.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.note            IS 'Description of the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.committed_at    IS 'Date the change was deployed.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.committer_name  IS 'Name of the user who deployed the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.committer_email IS 'Email address of the user who deployed the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.planned_at      IS 'Date the change was added to the plan.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.planner_name    IS 'Name of the user who planed the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".changes.planner_email   IS 'Email address of the user who planned the change.';
-- @ 2
CREATE TABLE "sqitch".tags (
    tag_id          TEXT        PRIMARY KEY,
    tag             TEXT        NOT NULL,
    project         TEXT        NOT NULL REFERENCES "sqitch".projects(project) ON UPDATE CASCADE,
    change_id       TEXT        NOT NULL REFERENCES "sqitch".changes(change_id) ON UPDATE CASCADE,
    note            TEXT        NOT NULL DEFAULT '',
    committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name  TEXT        NOT NULL,
    committer_email TEXT        NOT NULL,
    planned_at      TIMESTAMPTZ NOT NULL,
    planner_name    TEXT        NOT NULL,
    planner_email   TEXT        NOT NULL,
    UNIQUE(project, tag)
);
-- @ 2
COMMENT ON TABLE  "sqitch".tags                 IS 'Tracks the tags currently applied to the database.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.tag_id          IS 'Tag primary key.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.tag             IS 'Project-unique tag name.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.project         IS 'Name of the Sqitch project to which the tag belongs.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.change_id       IS 'ID of last change deployed before the tag was applied.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.note            IS 'Description of the tag.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.committed_at    IS 'Date the tag was applied to the database.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.committer_name  IS 'Name of the user who applied the tag.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.committer_email IS 'Email address of the user who applied the tag.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.planned_at      IS 'Date the tag was added to the plan.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.planner_name    IS 'Name of the user who planed the tag.';
-- @ 2
COMMENT ON COLUMN "sqitch".tags.planner_email   IS 'Email address of the user who planned the tag.';
-- @ 2
CREATE TABLE "sqitch".dependencies (
    change_id       TEXT        NOT NULL REFERENCES "sqitch".changes(change_id) ON UPDATE CASCADE ON DELETE CASCADE,
    type            TEXT        NOT NULL,
    dependency      TEXT        NOT NULL,
    dependency_id   TEXT            NULL REFERENCES "sqitch".changes(change_id) ON UPDATE CASCADE CONSTRAINT dependencies_check CHECK (
            (type = 'require'  AND dependency_id IS NOT NULL)
         OR (type = 'conflict' AND dependency_id IS NULL)
    ),
    PRIMARY KEY (change_id, dependency)
);
-- @ 2
COMMENT ON TABLE  "sqitch".dependencies               IS 'Tracks the currently satisfied dependencies.';
-- @ 2
COMMENT ON COLUMN "sqitch".dependencies.change_id     IS 'ID of the depending change.';
-- @ 2
COMMENT ON COLUMN "sqitch".dependencies.type          IS 'Type of dependency.';
-- @ 2
COMMENT ON COLUMN "sqitch".dependencies.dependency    IS 'Dependency name.';
-- @ 2
COMMENT ON COLUMN "sqitch".dependencies.dependency_id IS 'Change ID the dependency resolves to.';
-- @ 2
CREATE TABLE "sqitch".events (
    event           TEXT        NOT NULL CONSTRAINT events_event_check CHECK (
        event IN ('deploy', 'revert', 'fail', 'merge')
    ),
    change_id       TEXT        NOT NULL,
    change          TEXT        NOT NULL,
    project         TEXT        NOT NULL REFERENCES "sqitch".projects(project) ON UPDATE CASCADE,
    note            TEXT        NOT NULL DEFAULT '',
    requires        TEXT[]      NOT NULL DEFAULT '{}',
    conflicts       TEXT[]      NOT NULL DEFAULT '{}',
    tags            TEXT[]      NOT NULL DEFAULT '{}',
    committed_at    TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name  TEXT        NOT NULL,
    committer_email TEXT        NOT NULL,
    planned_at      TIMESTAMPTZ NOT NULL,
    planner_name    TEXT        NOT NULL,
    planner_email   TEXT        NOT NULL,
    PRIMARY KEY (change_id, committed_at)
);
-- @ 2
COMMENT ON TABLE  "sqitch".events                 IS 'Contains full history of all deployment events.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.event           IS 'Type of event.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.change_id       IS 'Change ID.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.change          IS 'Change name.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.project         IS 'Name of the Sqitch project to which the change belongs.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.note            IS 'Description of the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.requires        IS 'Array of the names of required changes.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.conflicts       IS 'Array of the names of conflicting changes.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.tags            IS 'Tags associated with the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.committed_at    IS 'Date the event was committed.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.committer_name  IS 'Name of the user who committed the event.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.committer_email IS 'Email address of the user who committed the event.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.planned_at      IS 'Date the event was added to the plan.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.planner_name    IS 'Name of the user who planed the change.';
-- @ 2
COMMENT ON COLUMN "sqitch".events.planner_email   IS 'Email address of the user who plan planned the change.';
-- @ 2
COMMIT;
-- @ 2 ends
-- @ 1
SET search_path = 'sqitch'
-- @ 1
begin
-- @ 1
LOCK TABLE changes IN EXCLUSIVE MODE
-- @ 1
INSERT INTO releases (version, installed_at, installer_name, installer_email)
        VALUES ('1.1', clock_timestamp(), 'Deploy', 'deploy@shop.example')
-- @ 1
commit
-- @ 1
SELECT uri FROM projects WHERE project = 'shop'
-- @ 1
INSERT INTO projects (project, uri, creator_name, creator_email, created_at)
            VALUES ('shop', NULL, 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 1
SELECT change_id FROM changes WHERE change_id IN ('c0cb94f7bfa2419963a1c8d36d2532ba523ccaa2')
-- @ 1
begin
-- @ 1
LOCK TABLE changes IN EXCLUSIVE MODE
-- @ 3 begins allclear-run/run-1
-- @ 3
BEGIN;
-- @ 3
create table orders (id serial primary key, total numeric not null);
-- @ 3
insert into orders (total) values (10), (20), (30);
-- @ 3
COMMIT;
-- @ 3 ends
-- @ 1
INSERT INTO changes (
            change_id
            , script_hash
            , change
            , project
            , note
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('c0cb94f7bfa2419963a1c8d36d2532ba523ccaa2', '6f99b1072cab20b63d55083f9e6a342f93d96f0e', 'orders', 'shop', 'orders', 'Deploy', 'deploy@shop.example', '2026-01-01 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 1
INSERT INTO events (
            event
            , change_id
            , change
            , project
            , note
            , tags
            , requires
            , conflicts
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('deploy', 'c0cb94f7bfa2419963a1c8d36d2532ba523ccaa2', 'orders', 'shop', 'orders', '{}', '{}', '{}', 'Deploy', 'deploy@shop.example', '2026-01-01 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 1
commit
-- @ 1 ends
-- @ baseline
-- @ 4 begins allclear-run/run-1
-- @ 4
SET client_min_messages = WARNING
-- @ 4
SET search_path = 'sqitch'
-- @ 4
SELECT pg_try_advisory_lock(75474063)
-- @ 4
SELECT c.change_id
             , c.script_hash
             , c.change
             , c.project
             , c.note
             , c.committer_name
             , c.committer_email
             , to_char(c.committed_at AT TIME ZONE 'UTC', '"year":YYYY:"month":MM:"day":DD:"hour":HH24:"minute":MI:"second":SS:"time_zone":"UTC"') AS committed_at
             , c.planner_name
             , c.planner_email
             , to_char(c.planned_at AT TIME ZONE 'UTC', '"year":YYYY:"month":MM:"day":DD:"hour":HH24:"minute":MI:"second":SS:"time_zone":"UTC"') AS planned_at
             , array_remove(array_agg(t.tag ORDER BY t.tag), NULL) AS tags
          FROM changes   c
          LEFT JOIN tags t ON c.change_id = t.change_id
         WHERE c.project = 'shop'
         GROUP BY c.change_id
             , c.script_hash
             , c.change
             , c.project
             , c.note
             , c.committer_name
             , c.committer_email
             , c.committed_at
             , c.planner_name
             , c.planner_email
             , c.planned_at
         ORDER BY c.committed_at DESC
         LIMIT 1
-- @ 4
SELECT MAX(version)::TEXT FROM releases
-- @ 4
SELECT change_id FROM changes WHERE change_id IN ('78e43456a3bdac3c734da3441725568d15602ee2', '8af1842cc7a718317522134f5f0acc89585ef209', '966e92bf3bf806cc2992f931b754d6c130135ae2')
-- @ 4
begin
-- @ 4
LOCK TABLE changes IN EXCLUSIVE MODE
-- @ 5 begins allclear-run/run-1
-- @ 5
BEGIN;
-- @ 5
alter table orders add column currency varchar(3);
-- @ 5
update orders set currency = 'EUR';
-- @ 5
COMMIT;
-- @ 5 ends
-- @ 4
INSERT INTO changes (
            change_id
            , script_hash
            , change
            , project
            , note
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('78e43456a3bdac3c734da3441725568d15602ee2', '9810863750cc913b491897176cd04576cecc222e', 'currency', 'shop', 'currency', 'Deploy', 'deploy@shop.example', '2026-01-02 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 4
INSERT INTO events (
            event
            , change_id
            , change
            , project
            , note
            , tags
            , requires
            , conflicts
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('deploy', '78e43456a3bdac3c734da3441725568d15602ee2', 'currency', 'shop', 'currency', '{}', '{}', '{}', 'Deploy', 'deploy@shop.example', '2026-01-02 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 4
commit
-- @ 4
begin
-- @ 4
LOCK TABLE changes IN EXCLUSIVE MODE
-- @ 6 begins allclear-run/run-1
-- @ 6
BEGIN;
-- @ 6
create table invoices (id serial primary key, order_id integer not null references orders (id));
-- @ 6
insert into invoices (order_id) select nullif(id, 2) from orders;
-- @ 6 ends
-- @ 4
INSERT INTO events (
            event
            , change_id
            , change
            , project
            , note
            , tags
            , requires
            , conflicts
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('fail', '8af1842cc7a718317522134f5f0acc89585ef209', 'invoices', 'shop', 'invoices', '{}', '{}', '{}', 'Deploy', 'deploy@shop.example', '2026-01-03 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 4
commit
-- @ 4
begin
-- @ 4
LOCK TABLE changes IN EXCLUSIVE MODE
-- @ 7 begins allclear-run/run-1
-- @ 7
BEGIN;
-- @ 7
alter table orders drop column currency;
-- @ 7
COMMIT;
-- @ 7 ends
-- @ 4
DELETE FROM tags WHERE change_id = '78e43456a3bdac3c734da3441725568d15602ee2' RETURNING tag
-- @ 4
SELECT ARRAY(
            SELECT dependency
              FROM dependencies
             WHERE change_id = '78e43456a3bdac3c734da3441725568d15602ee2'
               AND type = 'require'
        ), ARRAY(
            SELECT dependency
              FROM dependencies
             WHERE change_id = '78e43456a3bdac3c734da3441725568d15602ee2'
               AND type = 'conflict'
        )
-- @ 4
DELETE FROM changes where change_id = '78e43456a3bdac3c734da3441725568d15602ee2'
-- @ 4
INSERT INTO events (
            event
            , change_id
            , change
            , project
            , note
            , tags
            , requires
            , conflicts
            , committer_name
            , committer_email
            , planned_at
            , planner_name
            , planner_email
            , committed_at
        )
        VALUES ('revert', '78e43456a3bdac3c734da3441725568d15602ee2', 'currency', 'shop', 'currency', '{}', '{}', '{}', 'Deploy', 'deploy@shop.example', '2026-01-02 09:00:00+00', 'Deploy', 'deploy@shop.example', clock_timestamp())
-- @ 4
commit
-- @ 4 ends
