-- Which indexes are there, and can each be used? Reads the catalog only; locks no user table.
select n.nspname || '.' || c.relname as name,
       n.nspname || '.' || t.relname as of,
       c.relname::text as plain,
       c.oid::text as oid,
       i.indisvalid::text as valid,
       i.indisready::text as ready,
       c.relkind::text as form,
       c.relispartition::text as child,
       pg_catalog.pg_get_indexdef(c.oid) as definition,
       case when not (i.indisvalid and i.indisready) then pg_catalog.format('%I.%I', n.nspname, c.relname) end as sql
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_class t on t.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid and d.deptype = 'e')
order by 1
