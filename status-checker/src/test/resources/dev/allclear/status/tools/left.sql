-- Which tables are there, each with its number of columns, rows and indexes? Of a database where nobody is at work.
select string_agg(format('%s %s/%s/%s', c.oid::regclass,
           (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
           (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %s', c.oid::regclass), false, true, '')))[1],
           (select count(*) from pg_index i where i.indrelid = c.oid)), ', ' order by c.oid::regclass::text collate "C")
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
