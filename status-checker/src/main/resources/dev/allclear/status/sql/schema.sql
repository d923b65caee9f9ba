-- Which schemas are there, and whose? Reads the catalog only.
select n.nspname::text as name,
       nullif(pg_catalog.format('%I', n.nspname), n.nspname::text) as sql,
       n.oid::text as oid,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(n.nspowner)) as owner
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_namespace'::regclass and d.objid = n.oid and d.deptype = 'e')
order by 1
