-- Which rights do others than its owner hold on each object? Only objects whose rights were ever changed are listed; a line is:
-- rights, a tab, the role, a tab, the column if it is about one, names quoted. Reads the catalog only; locks no user object.
with object (class, catalog, oid, object, of, owner, acl, col) as (
    select case c.relkind when 'S' then 'SEQUENCE' else 'TABLE' end, 'pg_catalog.pg_class'::regclass, c.oid,
           n.nspname || '.' || c.relname, n.nspname || '.' || c.relname, c.relowner, c.relacl, ''
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relacl is not null and c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select 'TABLE', 'pg_catalog.pg_class'::regclass, c.oid,
           n.nspname || '.' || c.relname, n.nspname || '.' || c.relname, c.relowner, a.attacl, pg_catalog.quote_ident(a.attname)
    from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where a.attacl is not null and not a.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select 'ROUTINE', 'pg_catalog.pg_proc'::regclass, p.oid,
           n.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')', null, p.proowner, p.proacl, ''
    from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
    where p.proacl is not null and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select 'TYPE', 'pg_catalog.pg_type'::regclass, t.oid, n.nspname || '.' || t.typname, null, t.typowner, t.typacl, ''
    from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
    where t.typacl is not null and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    union all
    select 'SCHEMA', 'pg_catalog.pg_namespace'::regclass, n.oid, n.nspname::text, null, n.nspowner, n.nspacl, ''
    from pg_catalog.pg_namespace n
    where n.nspacl is not null and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
), held as (
    select o.class, o.object, o.of, o.col,
           case x.grantee when 0 then 'PUBLIC' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) end as role,
           pg_catalog.string_agg(distinct x.privilege_type, ',') as rights
    from object o left join lateral pg_catalog.aclexplode(o.acl) x on x.grantee <> o.owner
    where not exists (select from pg_catalog.pg_depend d where d.classid = o.catalog and d.objid = o.oid and d.deptype = 'e')
    group by 1, 2, 3, 4, 5
)
select pg_catalog.lower(class) || ' ' || object as name,
       of,
       pg_catalog.string_agg(rights || E'\t' || role || E'\t' || col, E'\n' order by role, col) as rights
from held
group by class, object, of
order by 1
