-- Which row security policies are there, for whom and for what? Reads the catalog only; locks no user table: pg_get_expr would from
-- PostgreSQL 17 on, so what a policy lets through is told by a fingerprint.
select n.nspname || '.' || c.relname || '.' || p.polname as name,
       n.nspname || '.' || c.relname as of,
       p.polpermissive::text as permissive,
       case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE' when 'd' then 'DELETE' else 'ALL' end as for,
       (select pg_catalog.string_agg(case r when 0 then 'PUBLIC' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r)) end, ', ' order by r)
        from pg_catalog.unnest(p.polroles) r) as to,
       pg_catalog.left(pg_catalog.md5(
           coalesce(pg_catalog.regexp_replace(p.polqual::text, ':location -?[0-9]+', '', 'g'), '') || ' check '
           || coalesce(pg_catalog.regexp_replace(p.polwithcheck::text, ':location -?[0-9]+', '', 'g'), '')), 8) as definition,
       (p.polqual is not null)::text as using,
       (p.polwithcheck is not null)::text as checks,
       pg_catalog.format('%I ON %I.%I', p.polname, n.nspname, c.relname) as sql
from pg_catalog.pg_policy p
join pg_catalog.pg_class c on c.oid = p.polrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1
