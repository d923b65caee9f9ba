-- Which tables are there, whose are they, and in which file does each live? Reads the catalog only; locks no user table.
select n.nspname || '.' || c.relname as name,
       nullif(pg_catalog.format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname) as sql,
       c.oid::text as oid,
       pg_catalog.pg_relation_filenode(c.oid)::text as file,
       c.relkind::text as form,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) as owner,
       case when c.relpersistence = 'u' then 'true' end as unlogged,
       case when c.relrowsecurity then 'true' end as guarded,
       case when c.relforcerowsecurity then 'true' end as forced
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
