-- Which indexes are there, and can each be used? Reads the catalog only; locks no user table: pg_get_indexdef would lock the
-- index's table, so definitions are told by columns and a fingerprint, and the statement that makes an index is asked for only
-- where the index is unusable and nobody holds or wants its table for himself.
select n.nspname || '.' || c.relname as name,
       n.nspname || '.' || t.relname as of,
       c.relname::text as plain,
       c.oid::text as oid,
       i.indisvalid::text as valid,
       i.indisready::text as ready,
       c.relkind::text as form,
       c.relispartition::text as child,
       pg_catalog.concat_ws(' ',
           case when i.indisunique then 'unique' end,
           case when pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' = 'true' then 'nulls not distinct' end,
           m.amname,
           '(' || (select pg_catalog.string_agg(coalesce(a.attname::text, 'expression'), ', ' order by k.position)
                   from pg_catalog.unnest(i.indkey::int2[]) with ordinality as k (number, position)
                   left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number and k.number > 0) || ')',
           case when i.indpred is not null then 'partial' end,
           '#' || pg_catalog.left(pg_catalog.md5(pg_catalog.concat_ws(' ', i.indnkeyatts, i.indclass, i.indcollation, i.indoption,
               pg_catalog.regexp_replace(i.indexprs::text, ':location -?[0-9]+', '', 'g'),
               pg_catalog.regexp_replace(i.indpred::text, ':location -?[0-9]+', '', 'g'))), 8)) as definition,
       case when (i.indisvalid and i.indisready) or exists (
                select from pg_catalog.pg_locks l
                where l.locktype = 'relation' and l.relation = i.indrelid and l.mode = 'AccessExclusiveLock'
                  and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()))
            then null
            else pg_catalog.pg_get_indexdef(c.oid) end as creation,
       case when not (i.indisvalid and i.indisready) then pg_catalog.format('%I.%I', n.nspname, c.relname) end as sql
from pg_catalog.pg_index i
join pg_catalog.pg_class c on c.oid = i.indexrelid
join pg_catalog.pg_class t on t.oid = i.indrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_am m on m.oid = c.relam
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = t.oid and d.deptype = 'e')
order by 1
