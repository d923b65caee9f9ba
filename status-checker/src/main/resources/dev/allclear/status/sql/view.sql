-- Which views are there, whose are they, and what is each made of (a fingerprint of its rule and options)? Reads the catalog only;
-- locks no user view.
select n.nspname || '.' || c.relname as name,
       nullif(pg_catalog.format('%I.%I', n.nspname, c.relname), n.nspname || '.' || c.relname) as sql,
       c.oid::text as oid,
       c.relkind::text as form,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) as owner,
       case when not c.relispopulated then 'true' end as empty,
       case when exists (select from pg_catalog.unnest(c.reloptions) o where o ~* '^security_invoker=(t|tr|tru|true|y|ye|yes|on|1)$')
            then 'true' end as invoker,
       pg_catalog.md5(pg_catalog.concat_ws(' ', c.reloptions::text,
           pg_catalog.regexp_replace(r.ev_action::text, ':location -?[0-9]+', '', 'g'))) as definition
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
where c.relkind in ('v', 'm') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
