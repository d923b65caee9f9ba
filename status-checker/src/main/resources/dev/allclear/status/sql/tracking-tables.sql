-- Which tables have the name of a migration tool's tracking table, with which columns, and may we read them? In every schema,
-- whatever search_path says. Reads the catalog only; locks no user table.
select n.nspname::text as schema,
       c.relname::text as table,
       array(select a.attname::text from pg_catalog.pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') and pg_catalog.has_table_privilege(c.oid, 'SELECT') as readable,
       pg_catalog.format('GRANT USAGE ON SCHEMA %1$I TO %3$I; GRANT SELECT ON %1$I.%2$I TO %3$I;',
           n.nspname, c.relname, current_user) as remedy
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relname::text = any ($1::text[]) and n.nspname !~ '^pg_'
order by 1, 2
