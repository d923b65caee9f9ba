-- Which functions and procedures are there, and whose (a fingerprint of each)? Those of extensions are left out. Reads the catalog only.
select n.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name,
       p.oid::text as oid,
       pg_catalog.format('%I.%I', n.nspname, p.proname) || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as sql,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(p.proowner)) as owner,
       pg_catalog.md5(pg_catalog.concat_ws(' ', p.prosrc, p.probin, p.prosqlbody::text, p.prolang, p.provolatile, p.prosecdef,
           p.proisstrict, p.prorettype, p.proconfig::text)) as definition
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
order by 1
