-- Which tables have the name of a migration tool's table, with which columns, and may we read them? In every schema, whatever
-- search_path says. Reads the catalog only; locks no user table.
select n.nspname::text as schema,
       c.relname::text as table,
       columns.names as columns,
       columns.types as types,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_table_privilege(c.oid, 'SELECT') as readable,
       pg_catalog.format('GRANT USAGE ON SCHEMA %1$I TO %3$I; GRANT SELECT ON %1$I.%2$I TO %3$I;',
           n.nspname, c.relname, current_user) as remedy
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
cross join lateral (
    select coalesce(pg_catalog.array_agg(a.attname::text order by a.attnum), '{}') as names,
           coalesce(pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) order by a.attnum), '{}') as types
    from pg_catalog.pg_attribute a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
where c.relkind in ('r', 'p') and c.relname::text = any ($1::text[]) and n.nspname !~ '^pg_'
order by 1, 2
