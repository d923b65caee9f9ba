-- Which constraints are there, and has each been validated? Constraints inherited by partitions are left out. PostgreSQL 18's NOT
-- ENFORCED ones count as validated: they never will be; its NOT NULL ones are listed while they are not validated, after that the
-- column says it. Reads the catalog only; locks no user table: pg_get_constraintdef would, for an expression, so a check is told by
-- its columns and a fingerprint.
select n.nspname || '.' || t.relname || '.' || c.conname as name,
       n.nspname || '.' || t.relname as of,
       c.conname::text as plain,
       (c.convalidated or newer.unenforced)::text as validated,
       case when c.contype in ('f', 'p', 'u') then pg_catalog.pg_get_constraintdef(c.oid)
            else pg_catalog.concat_ws(' ',
                case c.contype when 'c' then 'CHECK' when 'n' then 'NOT NULL' else 'EXCLUDE' end,
                'on ' || (select pg_catalog.string_agg(a.attname::text, ', ' order by a.attnum)
                          from pg_catalog.pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)),
                case when c.contype <> 'n' then '#' || pg_catalog.left(pg_catalog.md5(pg_catalog.concat_ws(' ', c.conexclop::text,
                    pg_catalog.regexp_replace(c.conbin::text, ':location -?[0-9]+', '', 'g'))), 8) end,
                case when newer.unenforced then 'NOT ENFORCED' end) end as definition,
       case when not c.convalidated
            then pg_catalog.format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I;', n.nspname, t.relname, c.conname) end as sql
from pg_catalog.pg_constraint c
join pg_catalog.pg_class t on t.oid = c.conrelid
join pg_catalog.pg_namespace n on n.oid = t.relnamespace
cross join lateral (select coalesce(pg_catalog.to_jsonb(c) ->> 'conenforced', 'true') = 'false' as unenforced) newer
where (c.contype in ('c', 'f', 'p', 'u', 'x') or c.contype = 'n' and not c.convalidated)
  and c.conparentid = 0 and not (t.relispartition and not c.conislocal) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid and d.deptype = 'e')
order by 1
