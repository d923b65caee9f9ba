-- Which indexes do these tables have, and can queries use them? Reads catalogs only: ACCESS SHARE on them. The statement that makes
-- an index is not asked for while somebody holds or wants its table for himself: pg_get_indexdef would wait for it.
select n.nspname || '.' || c.relname as name,
       n.nspname || '.' || ic.relname as index_name,
       format('%I.%I', n.nspname, ic.relname) as index_sql_name,
       case when exists (
                select from pg_locks l
                 where l.locktype = 'relation' and l.relation = i.indrelid and l.mode = 'AccessExclusiveLock'
                   and l.database = (select oid from pg_database where datname = current_database()))
            then '' else pg_get_indexdef(i.indexrelid) end as definition,
       i.indisvalid and i.indisready and i.indislive as is_valid,
       i.indcheckxmin as waits
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_index i on i.indrelid = c.oid
  join pg_class ic on ic.oid = i.indexrelid
 where n.nspname || '.' || c.relname = any ($1::text[])
 order by 1, 2
