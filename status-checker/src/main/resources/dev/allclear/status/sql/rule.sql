-- Which rewrite rules are there besides those that make a view a view (a fingerprint of each)? Reads the catalog only.
select n.nspname || '.' || c.relname || '.' || r.rulename as name,
       n.nspname || '.' || c.relname as of,
       pg_catalog.left(pg_catalog.md5(pg_catalog.concat_ws(' ', r.ev_type, r.ev_enabled, r.is_instead,
           pg_catalog.regexp_replace(r.ev_qual::text, ':location -?[0-9]+', '', 'g'),
           pg_catalog.regexp_replace(r.ev_action::text, ':location -?[0-9]+', '', 'g'))), 8) as definition
from pg_catalog.pg_rewrite r
join pg_catalog.pg_class c on c.oid = r.ev_class
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where r.rulename <> '_RETURN' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
