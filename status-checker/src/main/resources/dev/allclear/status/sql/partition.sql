-- Which tables are partitions or children of which, and is one of them half detached? Reads the catalog only; locks no user table.
select cn.nspname || '.' || c.relname || ' of ' || pn.nspname || '.' || p.relname as name,
       cn.nspname || '.' || c.relname as of,
       pn.nspname || '.' || p.relname as parent,
       case when i.inhdetachpending then 'true' end as pending,
       case when i.inhdetachpending then pg_catalog.format('ALTER TABLE %I.%I DETACH PARTITION %I.%I FINALIZE;',
           pn.nspname, p.relname, cn.nspname, c.relname) end as sql
from pg_catalog.pg_inherits i
join pg_catalog.pg_class c on c.oid = i.inhrelid
join pg_catalog.pg_namespace cn on cn.oid = c.relnamespace
join pg_catalog.pg_class p on p.oid = i.inhparent
join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
where c.relkind in ('r', 'p', 'f') and pn.nspname !~ '^pg_' and pn.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = p.oid and d.deptype = 'e')
order by 1
