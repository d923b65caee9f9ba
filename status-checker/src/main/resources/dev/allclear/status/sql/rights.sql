-- Which of these rights, once held, has a role all the same (by another role, as PUBLIC, as superuser), and which are pointless
-- because the role or the column is gone? Reads the catalog only; locks no user object.
select a.number::int8 as number,
       (r.oid is null or (a.col <> '' and c.attnum is null)) as pointless,
       coalesce(case
           when r.oid is null then false
           when a.class = 'TABLE' and a.col <> '' then pg_catalog.has_column_privilege(r.oid, a.oid::oid, c.attnum, a.privilege)
           when a.class = 'TABLE' then pg_catalog.has_table_privilege(r.oid, a.oid::oid, a.privilege)
           when a.class = 'SEQUENCE' then pg_catalog.has_sequence_privilege(r.oid, a.oid::oid, a.privilege)
           when a.class = 'ROUTINE' then pg_catalog.has_function_privilege(r.oid, a.oid::oid, a.privilege)
           when a.class = 'TYPE' then pg_catalog.has_type_privilege(r.oid, a.oid::oid, a.privilege)
           when a.class = 'SCHEMA' then pg_catalog.has_schema_privilege(r.oid, a.oid::oid, a.privilege)
       end, false) as held
from rows from (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[]), pg_catalog.unnest($3::text[]),
                pg_catalog.unnest($4::text[]), pg_catalog.unnest($5::text[])) with ordinality as a (role, class, oid, privilege, col, number)
left join (select pg_catalog.quote_ident(rolname) as role, oid from pg_catalog.pg_roles
           union all select 'PUBLIC', 0::oid) r on r.role = a.role
left join pg_catalog.pg_attribute c on a.class = 'TABLE' and a.col <> '' and c.attrelid = a.oid::oid
    and pg_catalog.quote_ident(c.attname) = a.col and not c.attisdropped
order by 1
