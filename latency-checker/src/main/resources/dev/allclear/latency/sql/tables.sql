-- How large are these tables, and how much of them is known to be all-visible? Reads catalogs only: ACCESS SHARE on them.
select n.nspname || '.' || c.relname as name,
       format('%I.%I', n.nspname, c.relname) as sql_name,
       c.reltuples::float8 as rows,
       c.relpages::int8 as pages,
       c.relallvisible::int8 as all_visible
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'm')
   and n.nspname || '.' || c.relname = any ($1::text[])
 order by 1
