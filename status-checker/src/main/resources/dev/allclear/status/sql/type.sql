-- Which types of their own do users have: enums with their labels, domains, composites, ranges? Reads the catalog only; a domain's
-- default and checks are read as a fingerprint.
select n.nspname || '.' || t.typname as name,
       nullif(pg_catalog.format('%I.%I', n.nspname, t.typname), n.nspname || '.' || t.typname) as sql,
       t.oid::text as oid,
       t.typtype::text as form,
       pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(t.typowner)) as owner,
       case t.typtype
           when 'e' then 'enum (' || (select pg_catalog.string_agg(e.enumlabel::text, ', ' order by e.enumsortorder)
                                      from pg_catalog.pg_enum e where e.enumtypid = t.oid) || ')'
           when 'c' then '(' || (select pg_catalog.string_agg(a.attname || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
                                 from pg_catalog.pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) || ')'
           when 'd' then pg_catalog.concat_ws(' ', pg_catalog.format_type(t.typbasetype, t.typtypmod),
               case when t.typnotnull then 'not null' end,
               '#' || pg_catalog.left(pg_catalog.md5(pg_catalog.concat_ws(' ',
                   pg_catalog.regexp_replace(t.typdefaultbin::text, ':location -?[0-9]+', '', 'g'),
                   (select pg_catalog.string_agg(k.conname || k.convalidated::text
                               || pg_catalog.regexp_replace(k.conbin::text, ':location -?[0-9]+', '', 'g'), ' ' order by k.conname)
                    from pg_catalog.pg_constraint k where k.contypid = t.oid and k.contype = 'c'))), 8))
           else 'range' end as definition
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where (t.typtype in ('e', 'd', 'r')
       or (t.typtype = 'c' and (select c.relkind from pg_catalog.pg_class c where c.oid = t.typrelid) = 'c'))
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
order by 1
