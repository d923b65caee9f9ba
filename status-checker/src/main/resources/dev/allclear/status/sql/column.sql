-- Which columns has each table? Partitions are left out, they follow their parent. Reads the catalog only; locks no user table:
-- a default is read as a fingerprint, since pg_get_expr locks its table from PostgreSQL 17 on. A NOT NULL that PostgreSQL 18 has not
-- validated still lets rows from before be null.
select n.nspname || '.' || c.relname || '.' || a.attname as name,
       n.nspname || '.' || c.relname as of,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
       (not a.attnotnull or k.conrelid is not null)::text as nullable,
       pg_catalog.md5(pg_catalog.regexp_replace(d.adbin::text, ':location -?[0-9]+', '', 'g')) as default,
       nullif(a.attidentity::text || a.attgenerated::text, '') as generated
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
left join pg_catalog.pg_constraint k on k.contype = 'n' and not k.convalidated and k.conrelid = a.attrelid and k.conkey[1] = a.attnum
where c.relkind in ('r', 'p', 'f') and not c.relispartition and a.attnum > 0 and not a.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
