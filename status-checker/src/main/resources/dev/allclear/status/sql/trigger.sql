-- Which triggers are there, and do they fire? Those that a partition has from its parent, and those that PostgreSQL makes itself for
-- constraints, only where they do not fire as usual. Reads the catalog only; locks no user table: pg_get_triggerdef would, so a
-- trigger is told by its function and a fingerprint.
select n.nspname || '.' || c.relname || '.' || t.tgname as name,
       n.nspname || '.' || c.relname as of,
       t.tgenabled::text as fires,
       case when t.tgisinternal or t.tgparentid <> 0 then 'true' end as derived,
       (select k.conname::text from pg_catalog.pg_constraint k where k.oid = t.tgconstraint and t.tgisinternal) as constraint,
       pn.nspname || '.' || p.proname as function,
       pg_catalog.left(pg_catalog.md5(pg_catalog.concat_ws(' ', t.tgtype, t.tgattr::text, t.tgargs::text, t.tgdeferrable, t.tginitdeferred,
           t.tgoldtable, t.tgnewtable, pg_catalog.regexp_replace(t.tgqual::text, ':location -?[0-9]+', '', 'g'))), 8) as definition,
       case when t.tgenabled in ('D', 'R') then pg_catalog.format('%I.%I', n.nspname, c.relname) end as on,
       case when t.tgenabled in ('D', 'R') then pg_catalog.format('%I', t.tgname) end as sql
from pg_catalog.pg_trigger t
join pg_catalog.pg_class c on c.oid = t.tgrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
join pg_catalog.pg_proc p on p.oid = t.tgfoid
join pg_catalog.pg_namespace pn on pn.oid = p.pronamespace
where ((not t.tgisinternal and t.tgparentid = 0)
       or t.tgenabled <> coalesce((select parent.tgenabled from pg_catalog.pg_trigger parent where parent.oid = t.tgparentid), 'O'))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
