-- Which indexes do these tables have, and can queries use them? Reads catalogs only: ACCESS SHARE on them.
select n.nspname || '.' || c.relname as name,
       n.nspname || '.' || ic.relname as index_name,
       format('%I.%I', n.nspname, ic.relname) as index_sql_name,
       pg_get_indexdef(i.indexrelid) as definition,
       i.indisvalid and i.indisready and i.indislive as is_valid,
       i.indcheckxmin as waits
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_index i on i.indrelid = c.oid
  join pg_class ic on ic.oid = i.indexrelid
 where n.nspname || '.' || c.relname = any ($1::text[])
 order by 1, 2
